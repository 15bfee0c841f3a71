/** The logs that are read; each is one way in which a cloud writes down who asked its storage for what. */
export const LOG_FORMATS = ["s3", "gcs", "azure"] as const;
export type LogFormat = (typeof LOG_FORMATS)[number];

/**
 * One request, as its line in a log tells it. A property may be read from the line only when it is asked for, and the
 * object may be the same for every line: copy what you keep.
 */
export interface Access {
  /** When the store got the request (Google: when it had answered it), in milliseconds since 1970, UTC. */
  readonly time: number;
  /**
   * The W&B user for whom W&B signed the URL: `X-User`, in Azure's URLs `scid`. Undefined where the URL names none: then it
   * was not W&B's, or it was W&B's own request.
   *
   * @see https://docs.wandb.ai/platform/hosting/data-security/presigned-urls
   */
  readonly user: string | undefined;
  /**
   * Whether the store accepted a signature that covers `user`. If not, anyone may have written that name into the URL, and
   * a refused or unsigned request says no more than that.
   */
  readonly userSigned: boolean;
  /** The cloud identity whose key signed the request, where the log has it: with W&B's URLs, W&B's own. */
  readonly requester: string | undefined;
  /** In the cloud's words: `REST.GET.OBJECT`, `GET_Object`, `GetBlob`. */
  readonly operation: string;
  /** Azure: the container. */
  readonly bucket: string | undefined;
  /** Decoded. Undefined where the request is about the bucket. */
  readonly key: string | undefined;
  /** Without a port. */
  readonly ip: string | undefined;
  /** Of HTTP. Undefined where the log has none, as for what the store did by itself. */
  readonly status: number | undefined;
  /** The store's word for what went wrong: `AccessDenied`. */
  readonly error: string | undefined;
  /** Bytes that the store sent. */
  readonly bytesRead: number;
  /** Bytes that the store took in. */
  readonly bytesWritten: number;
}

/** Who is told what a line holds. */
export interface Visitor {
  access(access: Access): void;
  /** A line that is as it should be, but tells of no request: a header. */
  noAccess(): void;
  /** A line, or a record of it, that can't be understood; the reason holds nothing of the line. */
  malformed(reason: string): void;
}

/** Reads one line, without its end, of a log of one format. */
export type ReadLine = (line: string, visitor: Visitor) => void;

/** Whether the store did as asked, so that it must have accepted the signature: 2xx, or 304 Not Modified. */
export function served(status: number | undefined): boolean {
  return status !== undefined && ((status >= 200 && status < 300) || status === 304);
}

/** Whether the store refused for want of permission. */
export function denied(status: number | undefined): boolean {
  return status === 401 || status === 403;
}

/** Digits as a number; 0 for anything else, as logs write `-` or nothing for zero. */
export function count(text: string | undefined): number {
  let number = 0;
  for (let at = 0; at < (text?.length ?? 0); at++) {
    const digit = (text?.charCodeAt(at) ?? 0) - 48;
    if (digit < 0 || digit > 9) return 0;
    number = number * 10 + digit;
  }
  return number;
}
