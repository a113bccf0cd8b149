// The view stands in the query of the address, where no lab looks for a link, and survives a reload there.
import { describe, expect, it } from "vitest";
import { decodeLink } from "../core/spec/link.ts";
import { createViewStore, stageOf, withStage } from "./viewStore.ts";

function storeAt(first: string) {
  let query = first;
  const address = {
    read: () => "#v=7&preset=hybrid",
    onChange: () => undefined,
    query: () => query,
    replaceQuery: (next: string) => void (query = next),
  };
  return { store: createViewStore(address), query: () => query };
}

describe("the view on the stage", () => {
  it("is the address's, and goes into it when another one is chosen", () => {
    const { store, query } = storeAt("?view=languages");
    expect(store.getState().stage).toBe("languages");
    store.getState().showStage("compare");
    expect([store.getState().stage, query()]).toEqual(["compare", "?view=compare"]);
    expect(storeAt(query()).store.getState().stage).toBe("compare"); // a reload
    store.getState().showStage("watch");
    expect(query()).toBe("");
  });

  it("is the first one where the address names none or one that is not there", () => {
    expect(["", "?", "?view=", "?view=study9", "?preview=try"].map(stageOf)).toEqual(Array(5).fill("watch"));
    expect(stageOf("a=1&view=try")).toBe("try");
  });

  it("leaves the rest of the query as it was written", () => {
    expect(withStage("?a=%23+1&b", "try")).toBe("?a=%23+1&b&view=try");
    expect(withStage("?view=try&a=1", "watch")).toBe("?a=1");
    expect(withStage("", "watch")).toBe("");
  });

  it("is shown by the pane of the stage, wherever it was chosen", () => {
    const { store } = storeAt("");
    expect(store.getState().pane).toBe("stage");
    store.getState().showPane("runs");
    store.getState().showStage("try");
    expect(store.getState()).toMatchObject({ pane: "stage", stage: "try" });
  });

  it("is no part of what a link says", () => {
    const { spec, unknown, problems } = decodeLink("https://lab.example/?view=try#v=7&preset=cross");
    expect({ spec, unknown, problems }).toEqual({
      spec: decodeLink("v=7&preset=cross").spec,
      unknown: {},
      problems: [],
    });
  });
});
