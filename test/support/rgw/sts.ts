import { createHash, createHmac } from "node:crypto";
import type { Keys } from "./rgw";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/**
 * Becomes a role: what the AWS SDK's client of STS would do, in one signed request. The SDK's S3 client signs for S3 only.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export async function assumeRole(endpoint: string, by: Keys, roleArn: string, session: string): Promise<Keys> {
  const query = { Action: "AssumeRole", Version: "2011-06-15", RoleArn: roleArn, RoleSessionName: session };
  const body = new URLSearchParams(query).toString();
  const response = await fetch(endpoint, { method: "POST", headers: signed(new URL(endpoint).host, by, body), body });
  const text = await response.text();
  const tag = (name: string) => new RegExp(`<${name}>(.*?)</${name}>`).exec(text)?.[1];
  const [accessKeyId, secretAccessKey, sessionToken] = ["AccessKeyId", "SecretAccessKey", "SessionToken"].map(tag);
  if (!accessKeyId || !secretAccessKey || !sessionToken) throw new Error(`no session of ${roleArn}: ${text}`);
  return { accessKeyId, secretAccessKey, sessionToken };
}

/** The headers that sign a form (signature version 4). */
function signed(host: string, { accessKeyId, secretAccessKey }: Keys, body: string): Record<string, string> {
  const type = "application/x-www-form-urlencoded";
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = [time.slice(0, 8), "us-east-1", "sts", "aws4_request"];
  const names = "content-type;host;x-amz-date";
  const canonical = [
    "POST",
    "/",
    "",
    `content-type:${type}`,
    `host:${host}`,
    `x-amz-date:${time}`,
    "",
    names,
    sha256(body),
  ];
  const toSign = ["AWS4-HMAC-SHA256", time, scope.join("/"), sha256(canonical.join("\n"))].join("\n");
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const credential = `Credential=${accessKeyId}/${scope.join("/")}`;
  const signature = hmac(key, toSign).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return { "content-type": type, "x-amz-date": time, authorization };
}
