import { served, type Access } from "./access";
import { queryParameter } from "./url";

/**
 * What a URL with a shared access signature (SAS) says of who uses it. `scid` is covered by the signature in a user
 * delegation SAS, which alone has `skoid`: the identity that delegated. Logs mask the signature itself.
 *
 * @param authentication the log's word for how the request was authenticated: `SAS`, `DelegationSas`, `OAuth`…
 * @see https://learn.microsoft.com/rest/api/storageservices/create-user-delegation-sas
 */
export function sasFacts(
  url: string,
  authentication: string | undefined,
  status: number | undefined,
): Pick<Access, "user" | "userSigned" | "requester"> {
  const requester = /sas/i.test(authentication ?? "") ? queryParameter(url, "skoid") : undefined;
  return { user: queryParameter(url, "scid"), userSigned: requester !== undefined && served(status), requester };
}
