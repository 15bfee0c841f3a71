/** Percent-encoding undone: bytes that are no UTF-8 become U+FFFD, and a `%` that starts no code stays. */
export function percentDecode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/(?:%[\da-f]{2})+/gi, (run) => Buffer.from(run.replaceAll("%", ""), "hex").toString("utf8"));
  }
}

/**
 * The decoded value of a query parameter, in a URL or a request line (`GET /key?name=value HTTP/1.1`). A store undoes the
 * encoding of a name before it checks the signature, so `X%2DUser` is found for `X-User` too.
 */
export function queryParameter(url: string, name: string): string | undefined {
  const query = url.indexOf("?");
  if (query === -1) return undefined;
  const from = plainValue(url, query, name) ?? encodedValue(url, query, name);
  if (from === undefined) return undefined;
  let end = from;
  while (end < url.length && url[end] !== "&" && url[end] !== " ") end++;
  return percentDecode(url.slice(from, end).replaceAll("+", " "));
}

/** Where the value of a parameter starts that is written as it is. */
function plainValue(url: string, query: number, name: string): number | undefined {
  const wanted = `${name}=`;
  let at = url.indexOf(wanted, query);
  while (at !== -1) {
    if (at === query + 1 || url[at - 1] === "&") return at + wanted.length;
    at = url.indexOf(wanted, at + 1);
  }
  return undefined;
}

/** Where the value of a parameter starts whose name is percent-encoded. */
function encodedValue(url: string, query: number, name: string): number | undefined {
  let start = query + 1;
  while (start > 0 && url.includes("%", start)) {
    const equals = url.indexOf("=", start);
    const end = url.indexOf("&", start);
    const named = equals !== -1 && (end === -1 || equals < end);
    if (named && percentDecode(url.slice(start, equals)) === name) return equals + 1;
    start = end + 1; // 0 if this was the last
  }
  return undefined;
}

/** The container and the key that the path of an https URL names; the key may have slashes. */
export function containerAndKey(url: string): { readonly container?: string; readonly key?: string } {
  const path = /^[a-z]+:\/\/[^/?]*\/([^?#]*)/i.exec(url)?.[1];
  if (!path) return {};
  const slash = path.indexOf("/");
  if (slash === -1) return { container: percentDecode(path) };
  const key = percentDecode(path.slice(slash + 1));
  return { container: percentDecode(path.slice(0, slash)), ...(key ? { key } : {}) };
}

/** `203.0.113.7:4362` and `[2001:db8::1]:443` without their ports. */
export function withoutPort(address: string): string {
  return /^\[([^\]]*)\](?::\d+)?$/.exec(address)?.[1] ?? /^([^:]*):\d+$/.exec(address)?.[1] ?? address;
}
