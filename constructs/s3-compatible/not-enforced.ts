import { guards } from "./guards";
import { honours } from "./kinds";
import type { PolicyInput } from "./policy";

/** What holds on no kind: the AWS provider waits in vain for a header that only AWS sends (terraform-provider-aws#43333). */
const EXPIRY =
  "expiry: noncurrent versions and unfinished uploads stay until a lifecycle rule of the store's own removes them";
const REST =
  "encryption at rest, public access block, object ownership and access logs: what the store has of these is set with its own tools";

/** What a reviewer might take for enforced, and isn't: one line each, the control first. */
export function notEnforced(input: PolicyInput): string[] {
  const { kind, tls } = input;
  const lacking = guards(input)
    .filter(({ forms }) => !forms.some(({ Condition }) => honours(kind, Condition)))
    .map((guard) => guard.lacking);
  const lines: (string | false)[] = [
    kind.bucketPolicy === "anonymous requests" &&
      `access: ${kind.name} asks a bucket's policy about anonymous requests only; what W&B's user may do is what its own policies say, of which the handover holds the one that is needed`,
    ...unknownActions(kind),
    tls === "off" && "TLS: it is off, so files, and URLs that are good for 24 hours, can be read on the way",
    tls === "proxy" &&
      "TLS: it ends at a proxy, so the store can't tell a request over plain HTTP; the proxy must refuse it, and nothing may get around the proxy",
    ...new Set(lacking),
    ...kind.caveats,
    behindProxy(input),
    !kind.manages.cors &&
      `CORS: ${kind.name} has none for a bucket; the whole server answers as its own setting says, which lets in any origin unless changed`,
    EXPIRY,
    REST,
  ];
  return lines.filter((line) => line !== false);
}

function unknownActions({ name, actionNames }: PolicyInput["kind"]): string[] {
  const unknown = Object.keys(actionNames).filter((action) => actionNames[action] === undefined);
  return unknown.map((action) => `access: W&B isn't granted ${action}, since ${name} refuses any policy that names it`);
}

/**
 * Whose address the store takes for the client's.
 *
 * @see https://docs.ceph.com/en/latest/radosgw/config-ref/, `rgw_remote_addr_param`
 */
function behindProxy({ kind, tls, cidrs }: PolicyInput): string | false {
  return (
    cidrs !== undefined &&
    tls === "proxy" &&
    kind.bucketPolicy === "all requests" &&
    `network: ${kind.name} sees the proxy's address unless it is told (\`rgw_remote_addr_param\`) to take the client's from a header that the proxy sets`
  );
}
