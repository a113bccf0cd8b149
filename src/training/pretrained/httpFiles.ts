// A checkpoint behind an address: the page's own server, a Hugging Face repository, or any folder. A transfer that
// breaks goes on where it was, by a range request; a server that knows no ranges sends all again and the start is skipped.
import { messageOf } from "../../core/messageOf.ts";
import { fetchError, reasonOf, SILENCE_MS, sleep } from "../data/waiting.ts";
import { DataError } from "../../core/inputError.ts";
import { HUB_ADDRESS } from "../../core/encoders/hubAddress.ts";
import { collect, type CheckpointFiles, type OpenedFile } from "./checkpointFiles.ts";

export interface FetchOptions {
  readonly fetch?: typeof globalThis.fetch;
  readonly attempts?: number; // tries in a row without a new byte, the first included; default 4
  readonly backOffMs?: number; // wait before the second try, doubled for each further one; default 500
  readonly silenceMs?: number; // a server that sends nothing for this long counts as failed; default SILENCE_MS
  /** Told why a try failed after which there is another, in a sentence that names the file. */
  readonly onTrouble?: (sentence: string) => void;
  readonly signal?: AbortSignal; // ends requests and the waits between them, with its reason
}

/** Files of a hub repository at a revision: a branch, a tag, a commit or refs/pr/N. */
export function hubFiles(
  repository: string,
  revision: string,
  options: FetchOptions & { readonly hub?: string } = {},
): CheckpointFiles {
  return httpFiles(hubFolder(repository, revision, options.hub), `hf:${repository}`, options);
}

/** The address below which a repository's files are. @param hub address of the hub */
export function hubFolder(repository: string, revision: string, hub = HUB_ADDRESS): string {
  return `${hub.replace(/\/+$/, "")}/${repository}/resolve/${encodeURIComponent(revision)}/`;
}

/** @param base ends in "/"; @param label names the folder in messages */
export function httpFiles(base: string, label: string, options: FetchOptions = {}): CheckpointFiles {
  return {
    label,
    async read(name, maxBytes) {
      const opened = await openUrl(base + name, `${label}/${name}`, options);
      return opened && collect(opened, `${label}/${name}`, maxBytes);
    },
    open: (name) => openUrl(base + name, `${label}/${name}`, options),
  };
}

/** One answer of the server: where its body starts, and how long the whole file is. */
interface Answer {
  readonly body: ReadableStreamDefaultReader<Uint8Array>;
  readonly from: number;
  readonly bytes: number | undefined;
  readonly validator: string | null; // the same file still?
  readonly alarm: Silence;
}

async function openUrl(url: string, where: string, options: FetchOptions): Promise<OpenedFile | undefined> {
  const { attempts = 4, backOffMs = 500 } = options;
  const left = new AbortController(); // the reader wants no more
  const signal = options.signal ? AbortSignal.any([options.signal, left.signal]) : left.signal;
  let failures = 0;
  const retry = async (cause: unknown): Promise<void> => {
    signal.throwIfAborted();
    const reason = messageOf(cause);
    const lasting = cause instanceof DataError;
    if (lasting) throw cause;
    if (++failures >= attempts) {
      const said = `${where} could not be downloaded: ${reason} (${failures} tries in a row)`;
      throw fetchError(where, new DataError(said, { cause }));
    }
    options.onTrouble?.(`${where}: ${reason}; asked again, try ${failures + 1} of ${attempts}`);
    await sleep(backOffMs * 2 ** (failures - 1), signal);
  };
  const request = async (from: number, validator: string | null): Promise<Answer | undefined> => {
    for (;;) {
      try {
        return await ask(url, where, from, validator, { ...options, signal });
      } catch (cause) {
        await retry(cause);
      }
    }
  };
  let answer = await request(0, null);
  if (!answer) return undefined;
  const { bytes, validator } = answer;
  let reached = 0; // bytes handed on
  let at = answer.from; // of the present answer's next byte

  const next = async (): Promise<Uint8Array | undefined> => {
    for (;;) {
      try {
        const { done, value } = await answer!.alarm.watch(answer!.body.read());
        if (done) {
          if (bytes !== undefined && reached < bytes)
            throw new Error(`it ended after ${reached} of ${bytes} bytes`);
          return undefined;
        }
        const fresh = value.subarray(Math.max(0, reached - at));
        at += value.length;
        if (fresh.length === 0) continue;
        reached += fresh.length;
        failures = 0;
        return fresh;
      } catch (cause) {
        await answer!.body.cancel().catch(() => undefined);
        await retry(cause);
        const again = await request(reached, validator);
        if (!again)
          throw new DataError(`${where} is gone: the server answered 404 when asked for the rest`, { cause });
        answer = again;
        at = again.from;
      }
    }
  };
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const chunk = await next();
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
      async cancel(reason) {
        left.abort(reason);
        await answer!.body.cancel(reason).catch(() => undefined); // it may have broken before
      },
    },
    { highWaterMark: 0 },
  );
  return { bytes, stream, ...(validator !== null && { version: validator }) };
}

/** @returns undefined for 404. @throws DataError for answers that trying again would not change, Error for others */
async function ask(
  url: string,
  where: string,
  from: number,
  validator: string | null,
  {
    fetch = globalThis.fetch,
    silenceMs = SILENCE_MS,
    signal,
  }: FetchOptions & { readonly signal: AbortSignal },
): Promise<Answer | undefined> {
  const alarm = createSilence(silenceMs, signal);
  const headers: Record<string, string> = from > 0 ? { Range: `bytes=${from}-` } : {};
  const response = await alarm
    .watch(fetch(url, { headers, signal: alarm.signal }))
    .catch((cause: unknown) => {
      signal.throwIfAborted();
      throw new Error(reasonOf(cause), { cause });
    });
  const { status, body } = response;
  if (status === 404) {
    await body?.cancel();
    return undefined;
  }
  if ((status !== 200 && status !== 206) || !body) {
    await body?.cancel();
    const said = `the server answered ${status} ${response.statusText}`.trim();
    if (status >= 500 || status === 408 || status === 429) throw new Error(said);
    if (status === 416 && from > 0)
      throw new DataError(`${where} was changed while it was downloaded; try again`);
    const advice = status === 401 || status === 403 ? "; the repository is private, gated or not there" : "";
    throw new DataError(`${where}: ${said}${advice}`);
  }
  const now = response.headers.get("etag");
  if (validator !== null && now !== null && now !== validator) {
    await body.cancel();
    throw new DataError(`${where} was changed while it was downloaded; try again`);
  }
  const start = status === 206 ? rangeStart(response.headers.get("content-range"), from) : 0;
  const length = Number(response.headers.get("content-length") ?? Number.NaN);
  // An encoded body has another length than its header says.
  const known = Number.isSafeInteger(length) && !response.headers.get("content-encoding");
  return {
    body: body.getReader(),
    from: start,
    bytes: known ? start + length : undefined,
    validator: now,
    alarm,
  };
}

/** Content-Range may be hidden from a page by CORS; then the server is taken at its word, 206. */
function rangeStart(header: string | null, asked: number): number {
  const stated = /^bytes (\d+)-/.exec(header ?? "")?.[1];
  const start = stated === undefined ? asked : Number(stated);
  if (start > asked) throw new Error(`it went on at byte ${start}, asked for ${asked}`);
  return start;
}

interface Silence {
  readonly signal: AbortSignal;
  /** @throws Error if nothing comes in time; the caller's reason where it has ended */
  watch<T>(waiting: Promise<T>): Promise<T>;
}

function createSilence(silenceMs: number, caller: AbortSignal): Silence {
  const abort = new AbortController();
  const signal = AbortSignal.any([abort.signal, caller]);
  return {
    signal,
    async watch(waiting) {
      const over = new AbortController();
      const silence = sleep(silenceMs, AbortSignal.any([over.signal, caller])).then(() => {
        const error = new Error(`it sent nothing for ${silenceMs / 1000} s`);
        abort.abort(error); // what waits for it says so, too
        throw error;
      });
      try {
        return await Promise.race([waiting, silence]);
      } finally {
        silence.catch(() => undefined);
        over.abort(new Error("it came"));
      }
    },
  };
}
