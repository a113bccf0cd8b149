// Other pages must not swallow the experiment's link, nor the link what was edited while they were shown.
import { describe, expect, it } from "vitest";
import { createLinkAddress } from "./linkAddress.ts";
import { createViewStore, isPageAddress, viewOf } from "./viewStore.ts";

function fakeBar(first: string) {
  let hash = first;
  const listeners: (() => void)[] = [];
  const go = (next: string) => {
    hash = next;
    listeners.forEach((listener) => listener());
  };
  const bar = {
    hash: () => hash,
    replaceHash: (next: string) => void (hash = next),
    onHashChange: (listener: () => void) => void listeners.push(listener),
  };
  return { bar, go, hash: () => hash };
}

describe("the experiment's link", () => {
  it("is opened when another one is put into the address", () => {
    const { bar, go } = fakeBar("#v=1&seed=1");
    const address = createLinkAddress(bar);
    const opened: string[] = [];
    address.onChange(() => opened.push(address.read()));
    go("#v=1&seed=2");
    expect(opened).toEqual(["#v=1&seed=2"]);
  });

  it("is found in path or query where there is no hash, and stands in the hash from then on", () => {
    for (const none of ["", "#"]) {
      const { bar, hash } = fakeBar(none);
      const address = createLinkAddress({ ...bar, elsewhere: () => "v=2&preset=cross" });
      expect([address.read(), hash()]).toEqual(["#v=2&preset=cross", "#v=2&preset=cross"]);
    }
    const { bar, hash } = fakeBar("#v=1&seed=1");
    const address = createLinkAddress({ ...bar, elsewhere: () => "v=2&preset=cross" });
    expect([address.read(), hash()]).toEqual(["#v=1&seed=1", "#v=1&seed=1"]);
  });

  it.each(["#/v=2&preset=cross", "#/V%3D2%26preset%3Dcross"])("is no page's address: %s", (given) => {
    const { bar } = fakeBar(given);
    expect([isPageAddress(given), viewOf(given), createLinkAddress(bar).read()]).toEqual([
      false,
      "lab",
      given,
    ]);
  });

  it("comes back from another page as it was, with what was edited meanwhile", () => {
    const { bar, go, hash } = fakeBar("#v=1&seed=1");
    const address = createLinkAddress(bar);
    const opened: string[] = [];
    address.onChange(() => opened.push(address.read()));
    go("#/data");
    address.replace("v=1&seed=1&train=mine");
    expect(hash()).toBe("#/data"); // the page keeps its address
    go("#v=1&seed=1"); // the browser's Back
    expect(opened).toEqual([]);
    expect(hash()).toBe("#v=1&seed=1&train=mine");
    go("#/data");
    go("#v=1&seed=1&train=mine"); // our own way back
    expect(opened).toEqual([]);
  });

  it("is opened from another page when it is a different one", () => {
    const { bar, go } = fakeBar("#v=1&seed=1");
    const address = createLinkAddress(bar);
    const opened: string[] = [];
    address.onChange(() => opened.push(address.read()));
    go("#/data");
    go("#v=1&seed=7");
    expect(opened).toEqual(["#v=1&seed=7"]);
  });

  it("is empty when the page was opened at another page's address, and the way back opens nothing", () => {
    const { bar, go, hash } = fakeBar("#/data");
    const address = createLinkAddress(bar);
    expect(address.read()).toBe("");
    const opened: string[] = [];
    address.onChange(() => opened.push(address.read()));
    address.replace("v=1&train=mine");
    go("#v=1&train=mine");
    expect([opened, hash()]).toEqual([[], "#v=1&train=mine"]);
  });
});

describe("the view", () => {
  it("follows the address; unknown pages and links show the lab", () => {
    const { bar, go } = fakeBar("#/data");
    const query = { query: () => "", replaceQuery: () => undefined };
    const store = createViewStore({ read: bar.hash, onChange: bar.onHashChange, ...query });
    expect(store.getState().view).toBe("data");
    go("#v=1&preset=hybrid");
    expect(store.getState().view).toBe("lab");
    expect(["", "#", "#/nowhere", "#/database", "#v=1"].map(viewOf)).toEqual(Array(5).fill("lab"));
    expect(["#/data", "/data", "#/data/"].map(viewOf)).toEqual(["data", "data", "data"]);
    expect(isPageAddress("#v=1&name=/x")).toBe(false);
  });
});
