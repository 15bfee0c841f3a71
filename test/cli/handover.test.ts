import { join } from "node:path";
import { byob } from "../support/byob";
import { tempFolder } from "../support/temp";

const outdir = join(tempFolder(), "out");
byob(["synth"], { CDKTF_OUTDIR: outdir });
const OUTPUTS = {
  team_vision: { value: { provider: "AWS", bucket: "b", region: "us-east-1", kms_key_arn: "arn", path: "vision" } },
  team_language: { value: { provider: "AWS", bucket: "b", region: "us-east-1", kms_key_arn: "arn", path: "language" } },
  team_robots: { value: { provider: "GCP", bucket: "c", path: "" } },
};
const folder = tempFolder({ "outputs.json": JSON.stringify(OUTPUTS), "broken.json": "{" });
const handover = (...args: string[]) => byob(["handover", ...args], { CDKTF_OUTDIR: outdir });

test("prints the form of each team, as text or JSON", () => {
  const text = handover("example-saas", "--outputs", join(folder, "outputs.json"));
  expect([text.code, text.err]).toEqual([0, ""]);
  expect(text.out).toContain("## Team vision → research (aws)");
  const json = handover("example-saas", "--outputs", join(folder, "outputs.json"), "--format", "json");
  expect(JSON.parse(json.out)).toMatchObject({ name: "example-saas", attachments: [{ team: "vision" }, {}, {}] });
});

test.each([
  [["example-sass"], 1, 'Did you mean "example-saas"?'],
  [
    ["example-saas", "--outputs", join(folder, "none.json")],
    1,
    "Cannot read the outputs: must be a readable file, got ENOENT",
  ],
  [["example-saas", "--outputs", join(folder, "broken.json")], 1, "must be what `terraform output -json` prints"],
  [["example-dedicated", "--outputs", join(folder, "outputs.json")], 1, "got those of another stack"],
  [["example-saas"], 1, "Cannot read the outputs: must be able to run `terraform output -json`"],
  [["example-saas", "--format", "xml"], 2, "Allowed choices are text, json"],
  [[], 2, "missing required argument 'deployment'"],
])("%j", (args, code, message) => {
  const run = handover(...args);
  expect([run.code, run.out]).toEqual([code, ""]);
  expect(run.err).toContain(message);
  expect(run.err).not.toMatch(/\n {4}at /);
});
