import { percentEncode, percentEncodeExpression } from "../../constructs/address";
import { parseGcsAddress } from "../../constructs/gcp/address";
import { run } from "../support/byob";
import { tempFolder } from "../support/temp";
import { testWith } from "../support/tool";

const testTerraform = testWith(
  "terraform",
  ["version"],
  "install Terraform 1.7 or later (https://developer.hashicorp.com/terraform/install)",
);

const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => String.fromCodePoint(from + index));

const PEM = `-----BEGIN PRIVATE KEY-----\n${"MIIE+v/IB0a==\n".repeat(20)}-----END PRIVATE KEY-----\n`;
/** Printable ASCII, white space, Latin-1, what takes three and four bytes in UTF-8, and texts as secrets are. */
const TEXTS = [...range(0x20, 0x7e), ..."\n\r\t", ...range(0xa1, 0xff), ..."Ωя漢字한😀", "a + b%20c", "${x} %{y}", PEM];

/** What the real Terraform makes of expressions; only its built-in functions are asked, so it needs no provider. */
function evaluate(expressions: Readonly<Record<string, string>>): Record<string, unknown> {
  const output = Object.entries(expressions).map(([name, value]) => [name, { value: `\${${value}}` }]);
  const folder = tempFolder({
    "main.tf.json": JSON.stringify({ output: Object.fromEntries(output) as object }),
    "texts.json": JSON.stringify(TEXTS),
    "key.pem": PEM,
  });
  const terraform = (...args: string[]) => {
    const { code, out, err } = run("terraform", args, { TF_CLI_CONFIG_FILE: "/dev/null" }, folder);
    if (code !== 0) throw new Error(`terraform ${args.join(" ")}: ${out}${err}`);
    return out;
  };
  terraform("init", "-no-color");
  terraform("apply", "-auto-approve", "-no-color", "-input=false");
  const values = JSON.parse(terraform("output", "-json")) as Record<string, { readonly value: unknown }>;
  return Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]));
}

describe("the real Terraform", () => {
  testTerraform(
    "encodes as the project does, and composes an address that the project reads",
    () => {
      const key = 'file("${path.module}/key.pem")';
      const { encoded, bare, address } = evaluate({
        encoded: `[for text in jsondecode(file("\${path.module}/texts.json")) : ${percentEncodeExpression("text")}]`,
        bare: 'urlencode("a b")',
        address: `"gs://wandb@acme.com:\${${percentEncodeExpression(key)}}@acme"`,
      });
      expect(encoded).toEqual(TEXTS.map(percentEncode));
      expect(bare).toBe("a+b"); // else the expression would need no `replace`
      expect(parseGcsAddress(address as string)).toEqual({
        serviceAccount: "wandb@acme.com",
        privateKey: PEM,
        bucket: "acme",
      });
    },
    60_000,
  );
});
