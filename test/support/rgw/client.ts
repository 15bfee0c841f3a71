import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { S3Client } from "@aws-sdk/client-s3";
import type { Identity, Rgw } from "./rgw";

/** By which way a request comes. */
export interface Way {
  /** @default "https" */
  readonly over?: "http" | "https";
  /** Address that it comes from: any of 127.0.0.0/8 is ours. @default "127.0.0.1" */
  readonly from?: string;
}

/** How a pre-signed URL is used. */
export interface Use extends Pick<Way, "from"> {
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What the store answers, without the SDK between. */
export interface Response {
  readonly status: number;
  readonly body: string;
}

/** Connections to a store that are kept between requests: most of the time of a request is to get there. */
export interface Connections {
  /** An S3 client of somebody, or of nobody. */
  readonly client: (who: Identity | "anonymous", way?: Way) => S3Client;
  /** Uses a pre-signed URL as a browser or a script would. */
  readonly use: (url: string, use: Use) => Promise<Response>;
  readonly close: () => void;
}

/** Opens no connection yet. */
export function connect(rgw: Rgw): Connections {
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const agents = new Map<string, ReturnType<typeof agentsFrom>>();
  const clients = new Map<string, S3Client>();
  const agentsOf = (from = "127.0.0.1") => kept(agents, from, () => agentsFrom(from, rgw.ca));
  return {
    client: (who, { over = "https", from } = {}) =>
      kept(clients, `${who === "anonymous" ? who : who.arn} ${over} ${from}`, () =>
        s3Client(rgw.endpoints[over], who, agentsOf(from)),
      ),
    use: (url, use) => useUrl(url, use, agentsOf(use.from)),
    close: () =>
      agents.forEach(({ httpAgent, httpsAgent }) => [httpAgent, httpsAgent].forEach((each) => each.destroy())),
  };
}

function kept<T>(all: Map<string, T>, name: string, make: () => T): T {
  const value = all.get(name) ?? make();
  all.set(name, value);
  return value;
}

function agentsFrom(localAddress: string, ca: string) {
  const options = { keepAlive: true, localAddress };
  return { httpAgent: new HttpAgent(options), httpsAgent: new HttpsAgent({ ...options, ca }) };
}

/** Signs nothing. */
const ANONYMOUS: ConstructorParameters<typeof S3Client>[0] = {
  credentials: { accessKeyId: "none", secretAccessKey: "none" },
  signer: { sign: (request) => Promise.resolve(request) },
};

function s3Client(
  endpoint: string,
  who: Identity | "anonymous",
  requestHandler: ReturnType<typeof agentsFrom>,
): S3Client {
  return new S3Client({
    endpoint,
    region: "us-east-1",
    forcePathStyle: true, // an address has no sub-domains
    maxAttempts: 1,
    requestChecksumCalculation: "WHEN_REQUIRED", // else a pre-signed upload is for an empty body
    requestHandler,
    ...(who === "anonymous" ? ANONYMOUS : { credentials: who }),
  });
}

function useUrl(
  url: string,
  { method, headers, body = "" }: Use,
  { httpAgent, httpsAgent }: ReturnType<typeof agentsFrom>,
): Promise<Response> {
  const [request, agent] = url.startsWith("https:") ? [httpsRequest, httpsAgent] : [httpRequest, httpAgent];
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: { ...headers }, agent }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    sent.once("error", reject).end(body);
  });
}
