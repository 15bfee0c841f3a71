import type { Fault } from "./issue";

const BYOB = "https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector";

/** A storage address as W&B documents it: `<scheme>://<user>:<secret>@<host>/<path>?<query>`. */
export interface AddressFormat {
  readonly scheme: "s3" | "gs" | "az" | "cw";
  /** The address with placeholders, as a message shows it. */
  readonly form: string;
}

/** An address taken apart; the credentials are decoded, the rest stands as it was written. */
export interface ReadAddress {
  readonly user: string;
  readonly secret: string;
  readonly host: string;
  readonly path?: string;
  readonly query?: string;
}

/**
 * An address, or parts of one, that can't be used. Nothing of them is in the message, not even of those that hold no
 * secret: a secret that was given in the wrong place, or not encoded, would be there.
 */
export class InvalidAddress extends Error implements Fault {
  override readonly name = "InvalidAddress";
  readonly source = BYOB;
  constructor(
    format: AddressFormat,
    rule: string,
    readonly fix: string,
  ) {
    super(`Cannot use the ${format.scheme} address: must ${rule}, got "***"`);
  }
}

/**
 * Percent-encodes all but the unreserved characters of RFC 3986, so that a text stands anywhere in an address. Beyond
 * `encodeURIComponent`, that is `!'()*`. Throws a `URIError` at half of a surrogate pair.
 */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * The Terraform expression that encodes as {@link percentEncode} does, where Terraform must compose an address. Its
 * `urlencode` alone makes a space a `+`, which user info keeps as it is: a PEM key would be broken. Terraform keeps all its
 * texts in Unicode's form NFC, so a secret in another form is another secret already before it gets here.
 *
 * @param expression what gives the text, without `${…}`
 * @example percentEncodeExpression("aws_iam_access_key.wandb.secret") // in "${…}"
 */
export function percentEncodeExpression(expression: string): string {
  return `replace(urlencode(${expression}), "+", "%20")`;
}

/** Scheme, user, secret, host, path, query. As in Go's `net/url`, user info goes to the last "@" before the host. */
const ADDRESS = /^(s3|gs|az|cw):\/\/([^:/?#]*):([^/?#]*)@([^@/?#]+)(?:\/([^@?#]*))?(?:\?([^@#]*))?$/;
/** What an address may be made of: printable ASCII. */
const PRINTABLE = /^[!-~]*$/;

/** Takes an address apart. Throws {@link InvalidAddress}. */
export function readAddress(format: AddressFormat, text: string): ReadAddress {
  if (!text.startsWith(`${format.scheme}://`)) {
    throw new InvalidAddress(
      format,
      `begin with "${format.scheme}://"`,
      "Give the address of a storage on that cloud.",
    );
  }
  const [, , user = "", secret = "", host = "", path, query] = (PRINTABLE.test(text) && ADDRESS.exec(text)) || [];
  if (host === "") throw malformed(format);
  return {
    user: percentDecode(format, user),
    secret: percentDecode(format, secret),
    host,
    ...(path === undefined ? {} : { path }),
    ...(query === undefined ? {} : { query }),
  };
}

/** The refusal of a text that lacks a part of the address, or has one too many. */
export function malformed(format: AddressFormat): InvalidAddress {
  const fix =
    'Write it so, without spaces, and the credentials percent-encoded: "/" is %2F, "+" %2B, "@" %40, "?" %3F, "%" %25.';
  return new InvalidAddress(format, `be of the form ${format.form}`, fix);
}

function percentDecode(format: AddressFormat, text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    const rule = 'have "%" only before the two hexadecimal digits of an escape, all escapes together being UTF-8';
    throw new InvalidAddress(format, rule, 'Percent-encode the credentials: "%" itself is %25.');
  }
}

/** The parameters of an address. Throws {@link InvalidAddress} at one that isn't known or stands twice. */
export function readQuery<Key extends string>(
  format: AddressFormat,
  query: string | undefined,
  known: readonly Key[],
): Partial<Record<Key, string>> {
  const pairs = query === undefined ? [] : query.split("&").map((pair) => /^([^=?]*)=([^?]*)$/.exec(pair));
  const keys = pairs.map((pair) => pair?.[1] ?? "");
  if (keys.some((key, index) => !(known as readonly string[]).includes(key) || keys.indexOf(key) !== index)) {
    throw malformed(format);
  }
  return Object.fromEntries(pairs.map((pair) => [pair?.[1], pair?.[2]])) as Partial<Record<Key, string>>;
}

/** A credential: anything but nothing, broken Unicode, and a token of CDKTF, whose value only Terraform will know. */
export const CREDENTIAL = /^(?!.*\$\{TfToken\[)\P{Cs}+$/su;
/** The name of a bucket, an account or a region: what needs no encoding. Which names a cloud admits is for its own rules. */
export const NAME = /^[A-Za-z0-9._-]+$/;
/** A host, or host and port. */
export const HOST = /^[A-Za-z0-9.-]+(?::\d{1,5})?$/;

/** `[what it is, value, what it may be]`. */
export type Part = readonly [what: string, value: string, pattern: RegExp];

/** Throws {@link InvalidAddress} at the first part that is missing, or that an address can't hold. */
export function checkParts(format: AddressFormat, parts: readonly Part[]): void {
  const wrong = parts.find(([, value, pattern]) => !pattern.test(value));
  if (!wrong) return;
  const [what, value, pattern] = wrong;
  if (value === "") throw new InvalidAddress(format, `have the ${what}`, `Write it as ${format.form}.`);
  throw pattern === CREDENTIAL
    ? new InvalidAddress(format, `have the ${what} itself, in whole characters`, TOKEN_FIX)
    : new InvalidAddress(
        format,
        `have the ${what} alone, in plain characters`,
        `Drop what stands around the ${what}, and its escapes.`,
      );
}

const TOKEN_FIX =
  "Compose the address where the value is known: from Terraform's outputs, or in Terraform itself by `urlencode`.";

/** Parameters that hold no secret. */
const OPEN_QUERY = /^(?:(?:^|[&?])(?:region|tls)=[\w.-]*)+$/;

/** An address as it may be printed: user info masked; a text that isn't known to be an address is masked whole. */
export function maskAddress(text: string): string {
  const [, scheme, user, , host, path, query] = (PRINTABLE.test(text) && ADDRESS.exec(text)) || [];
  if (scheme === undefined) return "***";
  const shown = query === undefined ? "" : `?${OPEN_QUERY.test(query) ? query : "***"}`;
  return `${scheme}://${user ? "***" : ""}:***@${host}${path === undefined ? "" : `/${path}`}${shown}`;
}
