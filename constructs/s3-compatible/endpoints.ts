import { quote, type Fault } from "../issue";

/** Stores that have a `cloud` of their own here, by the ends of their hosts. */
const NATIVE: Readonly<Record<string, string>> = {
  "amazonaws.com": "aws",
  "amazonaws.com.cn": "aws",
  "googleapis.com": "gcp",
  "cwobject.com": "coreweave",
  "cwlota.com": "coreweave",
};

/** A host name, or an IPv4 address, of labels that begin and end with a letter or digit. */
const HOST = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/;

/** Where a store listens: scheme, host and port. */
export function endpointUrl(endpoint: string, plain: boolean): string {
  return `${plain ? "http" : "https"}://${endpoint}`;
}

/**
 * An endpoint as a part of Terraform's names, which have no dot and no colon. No two have the same: hosts have no `_`, and one
 * that ends in a number is an IPv4 address, so that a last number of its own is a port.
 */
export function endpointId(endpoint: string): string {
  return endpoint.replace(/[.:]/g, "_");
}

/** All that is wrong with an endpoint, which is a host and at most a port; `plain` says that it is asked without TLS. */
export function endpointFaults(endpoint: string, plain: boolean): Fault[] {
  const bare = endpoint.replace(/^[a-z][a-z0-9+.-]*:\/\//i, "");
  const [authority = ""] = bare.split(/[/?#]/);
  const broken: [boolean, string, string][] = [
    [
      bare !== endpoint,
      "have no scheme",
      "Drop what stands before the host; say `tls: { mode: off, … }` for plain HTTP.",
    ],
    [
      endpoint.includes("@"),
      "have no user info",
      "Drop the access key and the secret, and replace them at the store: a deployment file holds no secrets.",
    ],
    [bare.length > authority.length, "have no path or query", "Drop what stands behind the host and port."],
    [/\s/.test(endpoint), "have no spaces", "Drop them."],
  ];
  const faults = broken.filter(([isBroken]) => isBroken).map(([, rule, fix]) => refuse(endpoint, rule, fix));
  return faults.length > 0 ? faults : hostFaults(endpoint, plain);
}

function hostFaults(endpoint: string, plain: boolean): Fault[] {
  const url = endpointUrl(endpoint, plain);
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !HOST.test(parsed.hostname) || parsed.port === "0") {
    return [
      refuse(
        endpoint,
        "be a host name or an IPv4 address, and a port of 1 to 65535 if it isn't the scheme's own",
        'Write it as "minio.acme.com:9000".',
      ),
    ];
  }
  // Two spellings of one endpoint would pass for two stores.
  if (parsed.host !== endpoint) {
    return [refuse(endpoint, `be written as ${quote(parsed.host)}`, `Write ${quote(parsed.host)}.`)];
  }
  const native = Object.entries(NATIVE).find(([end]) => parsed.hostname === end || parsed.hostname.endsWith(`.${end}`));
  if (!native) return [];
  return [
    {
      ...refuse(endpoint, "not be of a store that has a cloud of its own", `Say \`cloud: ${native[1]}\`.`),
      source: "https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector",
    },
  ];
}

function refuse(endpoint: string, rule: string, fix: string): Fault {
  return { message: `Cannot use the endpoint: must ${rule}, got ${quote(masked(endpoint))}`, fix };
}

/** An endpoint without what may be a secret: user info, a query, and what stands where a port should. */
function masked(endpoint: string): string {
  return endpoint
    .replace(/[?#].*$/s, "?***")
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, "$1***@")
    .replace(/:(?!\/\/|\d{1,5}(?:[/?\s]|$)).*$/s, ":***");
}
