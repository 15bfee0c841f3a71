import { count, served, type Access, type ReadLine } from "./access";
import { parseClfTime, remembering } from "./time";
import { percentDecode, queryParameter } from "./url";

/** A word of the line, where `-` says that there is none. */
const present = (word: string) => (word === "-" || word === "" ? undefined : word);

/** A status; as `-` may also stand behind other quotes, it is one only if an error and a count of bytes follow. */
const STATUS = /(?:\d{3}|-(?= [\w.-]+ (?:\d+|-)(?: |$)))(?: |$)/y;

/** What an upload says of its object's size is what was written; the end of a multipart upload would count it twice. */
const UPLOADS = new Set(["REST.PUT.OBJECT", "REST.PUT.PART", "REST.POST.OBJECT"]);

/**
 * A line of an S3 server access log, taken apart only as far as it is asked: most lines are filtered away by time, status
 * or key. Nothing behind the sizes is used, since the two fields there that clients write, referrer and user agent, may
 * have quotes in them and so forge whatever follows.
 *
 *     owner bucket [time] ip requester request-id operation key "GET /key?query HTTP/1.1" status error sent size …
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html
 * @see https://docs.ceph.com/en/latest/radosgw/bucket_logging/ (its "Standard" records have the same fields)
 */
class S3Access implements Access {
  time = 0;
  #line = "";
  #uriStart = 0;
  #uriEnd = 0;
  /** Where bucket, ip, requester, request id, operation and key start, and where the key ends. */
  readonly #starts = [0, 0, 0, 0, 0, 0, 0];
  readonly #timeOf = remembering(parseClfTime);

  /** Finds the parts of a line; the reason why it can't, if so. */
  read(line: string): string | undefined {
    this.#line = line;
    const timeStart = line.indexOf(" [");
    const timeEnd = line.indexOf("] ", timeStart);
    if (timeStart === -1 || timeEnd === -1) return "no time in brackets";
    const time = this.#timeOf(line.slice(timeStart + 2, timeEnd));
    if (time === undefined) return "the time can't be read";
    this.time = time;
    const bucket = line.indexOf(" ") + 1;
    if (bucket > timeStart || line.indexOf(" ", bucket) !== timeStart) return "owner and bucket are not two words";
    this.#starts[0] = bucket;
    return this.#readWords(timeEnd + 2) ?? this.#readRequest(this.#starts[6] ?? 0);
  }

  #readWords(from: number): string | undefined {
    let at = from;
    for (let word = 1; word < 6; word++) {
      this.#starts[word] = at;
      at = this.#line.indexOf(" ", at) + 1;
      if (at === 0) return "the line ends before the request";
    }
    this.#starts[6] = at;
    return undefined;
  }

  /** The request is in quotes, and may have quotes: it ends where a status follows. What S3 did by itself has `-`. */
  #readRequest(at: number): string | undefined {
    const line = this.#line;
    const quoted = line[at] === '"';
    if (!quoted && !line.startsWith("- ", at)) return "no request in quotes where it should be";
    this.#uriStart = quoted ? at + 1 : at;
    let end = quoted ? line.indexOf('" ', at + 1) : at;
    while (end !== -1 && !this.#statusAt(end + 2)) end = quoted ? line.indexOf('" ', end + 1) : -1;
    if (end === -1) return "no status after the request";
    this.#uriEnd = end;
    return undefined;
  }

  #statusAt(at: number): boolean {
    STATUS.lastIndex = at;
    return STATUS.test(this.#line);
  }

  /** A word by its place in `#starts`. */
  #word(index: number): string {
    const start = this.#starts[index] ?? 0;
    return this.#line.slice(start, index === 0 ? this.#line.indexOf(" ", start) : (this.#starts[index + 1] ?? 0) - 1);
  }

  /** A word behind the request: status, error, bytes sent, object size. */
  #wordAfter(index: number): string {
    let start = this.#uriEnd + 2;
    for (let word = 0; word < index && start > 0; word++) start = this.#line.indexOf(" ", start) + 1;
    const end = this.#line.indexOf(" ", start);
    return index > 0 && start === 0 ? "-" : this.#line.slice(start, end === -1 ? undefined : end);
  }

  get #request(): string {
    return this.#line.slice(this.#uriStart, this.#uriEnd);
  }
  get bucket() {
    return present(this.#word(0));
  }
  get ip() {
    return present(this.#word(1));
  }
  get requester() {
    return present(this.#word(2));
  }
  get operation() {
    return this.#word(4);
  }
  /**
   * Encoded twice, but once in what S3 does by itself (S3.EXPIRE.OBJECT) and in batch deletions. AWS says only "URL encoded";
   * the rest is as seen by others (Yelp Engineering, "S3 server access logs at scale", 2025).
   */
  get key() {
    const once = present(this.#word(5));
    if (once === undefined || !once.includes("%")) return once;
    const inner = percentDecode(once);
    return /^(?:S3|BATCH)\./.test(this.operation) ? inner : percentDecode(inner);
  }
  get user() {
    return queryParameter(this.#request, "X-User");
  }
  /** Version 4 signs the whole query; "-" as the requester says that S3 accepted no signature. */
  get userSigned() {
    const signed = this.requester !== undefined && queryParameter(this.#request, "X-Amz-Signature") !== undefined;
    return signed && served(this.status);
  }
  get status() {
    return count(this.#wordAfter(0)) || undefined;
  }
  get error() {
    return present(this.#wordAfter(1));
  }
  get bytesRead() {
    return count(this.#wordAfter(2));
  }
  get bytesWritten() {
    return UPLOADS.has(this.operation) && served(this.status) ? count(this.#wordAfter(3)) : 0;
  }
}

/** Reads S3 server access logs. */
export function s3Reader(): ReadLine {
  const access = new S3Access();
  return (line, visitor) => {
    const reason = access.read(line);
    if (reason) visitor.malformed(reason);
    else visitor.access(access);
  };
}
