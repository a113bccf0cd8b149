// What each answer means for the bytes already here: go on, begin anew, or give up, and how long to wait.
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { interpret, type Answer, type DownloadFailure } from "./httpAnswer.ts";
import { parseValidator, type Validator } from "./partialFile.ts";

const URL = "https://example.org/a";
const known = (more: Partial<Validator> = {}): Validator => ({
  url: URL,
  etag: '"1"',
  lastModified: null,
  ...more,
});
const answer = (status: number, headers: Record<string, string>, have = 40, of: Validator | null = known()) =>
  interpret(new Response(null, { status, headers }), URL, have, of);
function failure(...args: Parameters<typeof answer>): DownloadFailure {
  try {
    answer(...args);
  } catch (error) {
    return error as DownloadFailure;
  }
  throw new Error("was taken");
}
const told = ({ kind, total }: Answer) => [kind, total];

describe("a range that was asked for", () => {
  it("goes on behind the bytes here", () => {
    expect(told(answer(206, { "content-range": "bytes 40-99/100", etag: '"1"' }))).toEqual(["continue", 100]);
  });

  it("goes on where the server does not say how long the file is, or a page may not see it", () => {
    expect(told(answer(206, { "content-range": "bytes 40-99/*" }))).toEqual(["continue", null]);
    expect(told(answer(206, {}))).toEqual(["continue", null]);
  });

  it("is refused where it begins elsewhere: joined bytes would be wrong", () => {
    for (const from of [0, 39, 41])
      expect(failure(206, { "content-range": `bytes ${from}-99/100` })).toMatchObject({
        message: `answered from byte ${from}, not 40`,
        retry: "anew",
      });
  });

  it.each<[string, Validator | null, Record<string, string>, boolean]>([
    ["another strong tag", known(), { etag: '"2"' }, true],
    ["another date, where no tag is known", known({ etag: null, lastModified: "Mon" }), { "last-modified": "Tue" }, true], // prettier-ignore
    ["the same tag and another date", known({ lastModified: "Mon" }), { etag: '"1"', "last-modified": "Tue" }, false], // prettier-ignore
    ["a weak tag, which promises nothing", known(), { etag: 'W/"2"' }, false],
    ["a tag where none was told before", known({ etag: null }), { etag: '"2"' }, false],
    ["no version at all", known(), {}, false],
    ["any, where nothing is known of the bytes here", null, { etag: '"2"' }, false],
  ])("answered with %s", (_, of, headers, isOther) => {
    const range = { ...headers, "content-range": "bytes 40-99/100" };
    const end = { ...headers, "content-range": "bytes */40" };
    if (isOther) {
      expect(failure(206, range, 40, of)).toMatchObject({ retry: "anew" });
      expect(failure(416, end, 40, of)).toMatchObject({ retry: "anew" });
    } else {
      expect(answer(206, range, 40, of).kind).toBe("continue");
      expect(told(answer(416, end, 40, of))).toEqual(["complete", 40]);
    }
  });

  it("is past the end: whole where the file is as long as what is here, else to be read anew", () => {
    expect(failure(416, { "content-range": "bytes */39" })).toMatchObject({ retry: "anew" });
    expect(failure(416, {})).toMatchObject({ message: "has no byte after those here", retry: "anew" });
  });
});

describe("a whole file", () => {
  it("replaces what is here, and notes strong tags only", () => {
    const headers = { "content-length": "100", etag: 'W/"3"', "last-modified": "Mon" };
    expect(answer(200, headers)).toEqual({
      kind: "restart",
      total: 100,
      validator: { url: URL, etag: null, lastModified: "Mon" },
    });
    expect(answer(200, { etag: '"3"' }, 0, null).validator.etag).toBe('"3"');
  });

  it("has no known length where it was packed on the way or none is told", () => {
    expect(told(answer(200, { "content-length": "60", "content-encoding": "gzip" }))).toEqual([
      "restart",
      null,
    ]);
    expect(told(answer(200, { "content-length": "60", "content-encoding": "identity" }))).toEqual([
      "restart",
      60,
    ]);
    expect(told(answer(200, {}))).toEqual(["restart", null]);
  });
});

describe("an answer without the file", () => {
  it("may be better next time, or never", () => {
    const retryOf = (status: number, have = 40) => failure(status, {}, have).retry;
    for (const status of [408, 425, 429, 500, 502, 503, 504, 599])
      expect(retryOf(status), `${status}`).toBe("again");
    for (const status of [204, 301, 400, 401, 403, 404, 410, 451])
      expect(retryOf(status), `${status}`).toBe("never");
    for (const status of [206, 416]) expect(retryOf(status, 0), `${status}, unasked`).toBe("again");
  });

  it("is told in the server's words", () => {
    const gone = new Response(null, { status: 410, statusText: "Gone for good" });
    expect(() => interpret(gone, URL, 0, null)).toThrow("the server answered 410 Gone for good");
    expect(failure(599, {}).message).toBe("the server answered 599");
  });

  describe("says when to come back", () => {
    beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2030, 0, 1) }));
    afterEach(() => void vi.useRealTimers());
    it.each<[string, number | undefined]>([
      ["120", 120_000],
      ["0", 0],
      ["Tue, 01 Jan 2030 00:00:30 GMT", 30_000],
      ["Mon, 31 Dec 2029 23:00:00 GMT", 0], // over already
      ["soon", undefined],
    ])("%s", (value, ms) => {
      expect(failure(503, { "retry-after": value }).retryAfterMs).toBe(ms);
    });
  });
});

describe("parseValidator", () => {
  it("reads what was noted, and nothing from what was cut, changed or is of another kind", () => {
    expect(parseValidator(JSON.stringify(known()))).toEqual(known());
    expect(parseValidator('{"url":"u","etag":7}')).toEqual({ url: "u", etag: null, lastModified: null });
    for (const text of ["", "{", "null", "7", "[]", '{"etag":"1"}', '{"url":null}'])
      expect(parseValidator(text), text).toBeNull();
  });
});
