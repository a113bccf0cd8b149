import { describe, expect, it } from "vitest";
import { checkEncoderId } from "./checkEncoderId.ts";
import { findHubEncoder, HUB_ENCODERS } from "./encoderCatalog.ts";
import { HUB_ADDRESS, parseHubAddress } from "./hubAddress.ts";
import { hubId, isModelName, parseEncoderId } from "./encoderId.ts";

describe("an encoder id", () => {
  it.each([
    ["random", { kind: "random" }],
    ["distilled-mini", { kind: "shipped", name: "distilled-mini" }],
    [
      "hf:intfloat/multilingual-e5-small",
      { kind: "hub", repository: "intfloat/multilingual-e5-small", revision: "main" },
    ],
    ["hf:a/b@refs/pr/3", { kind: "hub", repository: "a/b", revision: "refs/pr/3" }],
    ["local:my-model", { kind: "local", name: "my-model" }],
    ["https://example.org/models/x", { kind: "url", url: "https://example.org/models/x/" }],
  ])("%s is understood", (id, ref) => {
    expect(parseEncoderId(id)).toEqual(ref);
  });

  it.each([
    "",
    "hf:",
    "hf:onlyname",
    "hf:a/b/c",
    "hf:../b",
    "hf:a/..",
    "hf:a/b@",
    "hf:a/b@../x",
    "hf:a/b@x?y",

    "local:",
    "local:..",
    "local:a/b",
    "http://example.org/x",
    "https://u:p@example.org/x",
    "https://x/?q=1",
    "a b",
    "../x",
    ".hidden",
    "x".repeat(65),
    "file:///etc/passwd",
    "javascript:alert(1)",
  ])("%j is none", (id) => {
    expect(parseEncoderId(id)).toBeUndefined();
  });

  it("of a shipped kind must be one of those shipped", () => {
    expect(() => checkEncoderId("nope")).toThrow(
      'encoder.id: "nope" is not an encoder of this lab; it has random, distilled-bag-37k',
    );
    expect(checkEncoderId("distilled-weak")).toEqual({ kind: "shipped", name: "distilled-weak" });
  });

  it("of every catalogue entry names a repository", () => {
    expect(HUB_ENCODERS.map(({ id }) => parseEncoderId(id)?.kind)).toEqual(HUB_ENCODERS.map(() => "hub"));
    expect(findHubEncoder("Microsoft/multilingual-minilm-l12-h384")?.longest).toBe(512); // pinned, asked at any
    expect(hubId("a/b", "main")).toBe("hf:a/b");
    expect(hubId("a/b", "v2")).toBe("hf:a/b@v2");
    expect(isModelName("a..b")).toBe(false);
  });
});

describe("the address of the hub", () => {
  it.each([
    ["https://mirror.example/hub/", "https://mirror.example/hub"],
    ["https://huggingface.co", HUB_ADDRESS],
    ["http://lab.example:8080/hub", "http://lab.example:8080/hub"], // the page's own
  ])("%s is taken", (text, address) => {
    expect(parseHubAddress(text, "http://lab.example:8080")).toBe(address);
  });

  it.each([
    "",
    "mirror",
    "http://mirror.example",
    "https://u:p@x.example",
    "https://x.example/?a",
    "file:///x",
  ])("%j is none", (text) => expect(parseHubAddress(text, "http://lab.example:8080")).toBeUndefined());
});
