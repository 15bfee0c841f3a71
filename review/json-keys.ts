/**
 * A key that an object has twice in a text that is known to be JSON. A reader of JSON drops all but the last, so that
 * something would go unseen.
 */
export function keyTwice(text: string): string | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (const [token, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/gs)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (colon) {
      const keys = open.at(-1);
      const quoted = token.slice(0, token.length - colon.length);
      const key = quoted.includes("\\") ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
}
