// What an answer to a (range) request means for the bytes already here. Reads headers only.
import type { Validator } from "./partialFile.ts";

/** Why one try failed. `again`: another may do better; `anew`: only without the bytes here; `never`: none will. */
export class DownloadFailure extends Error {
  readonly retry: "again" | "anew" | "never";
  readonly retryAfterMs: number | undefined; // what the server asked for
  constructor(message: string, retry: DownloadFailure["retry"], retryAfterMs?: number, cause?: unknown) {
    super(message, { cause });
    this.retry = retry;
    this.retryAfterMs = retryAfterMs;
  }
}

/** `restart`: the body is the whole file. `continue`: it follows the bytes here. `complete`: there is nothing to add. */
export interface Answer {
  readonly kind: "restart" | "continue" | "complete";
  readonly validator: Validator;
  /** Bytes of the whole file, where the answer tells and can be trusted to. */
  readonly total: number | null;
}

/**
 * @param have bytes already here, asked to be continued when > 0
 * @throws DownloadFailure for every answer that brings no bytes
 */
export function interpret(response: Response, url: string, have: number, known: Validator | null): Answer {
  const { status, headers } = response;
  const etag = headers.get("etag");
  const validator: Validator = {
    url,
    etag: etag?.startsWith("W/") ? null : etag,
    lastModified: headers.get("last-modified"),
  };
  if (status === 206 && have > 0) {
    const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get("content-range") ?? "") ?? [];
    // A page may not see this header of another site; the hash at the end then decides.
    if (from !== undefined && Number(from) !== have)
      throw new DownloadFailure(`answered from byte ${from}, not ${have}`, "anew");
    if (isOther(known, validator))
      throw new DownloadFailure("changed on the server since the download began", "anew");
    return {
      kind: "continue",
      validator,
      total: total === undefined || total === "*" ? null : Number(total),
    };
  }
  if (status === 200) {
    // Packed on the way, the length is of the packed form.
    const isPacked = (headers.get("content-encoding") ?? "identity") !== "identity";
    const length = headers.get("content-length");
    return { kind: "restart", validator, total: isPacked || length === null ? null : Number(length) };
  }
  if (status === 416 && have > 0) {
    const total = /^bytes \*\/(\d+)$/.exec(headers.get("content-range") ?? "")?.[1];
    if (Number(total) === have && !isOther(known, validator))
      return { kind: "complete", validator, total: have };
    throw new DownloadFailure("has no byte after those here", "anew");
  }
  const isPassing =
    status >= 500 || status === 408 || status === 425 || status === 429 || status === 416 || status === 206;
  const words = `the server answered ${status} ${response.statusText}`.trim();
  throw new DownloadFailure(words, isPassing ? "again" : "never", retryAfter(headers.get("retry-after")));
}

/** Whether both tell a version and it is not the same one. */
function isOther(a: Validator | null, b: Validator): boolean {
  if (a === null) return false;
  if (a.etag !== null && b.etag !== null) return a.etag !== b.etag;
  return a.lastModified !== null && b.lastModified !== null && a.lastModified !== b.lastModified;
}

/** "120" or a date, as milliseconds from now; undefined where there is none. */
function retryAfter(value: string | null): number | undefined {
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? 1000 * Number(value) : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
