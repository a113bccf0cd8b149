// Which answer of the worker stands, and what is said when there is none.
import { expect, it } from "vitest";
import { createFakeLab } from "../testing/fakeLab.ts";
import { createWorkersStore } from "./workersStore.ts";
import { createMapStore } from "./mapStore.ts";

const VIEW = {
  runId: "a",
  step: 5,
  languages: ["de"],
  concepts: [],
  points: [],
  explained: { before: [0.2, 0.1], now: [0.3, 0.2] },
} as const;

it("keeps the latest answer, and drops one that comes after clearing", async () => {
  let step = 0;
  const { client, asked } = createFakeLab({ map: () => ({ ...VIEW, step: ++step }) });
  const store = createMapStore(createWorkersStore(() => client));
  const [one, two] = [store.getState().draw(), store.getState().draw()];
  expect(store.getState().status).toBe("asking");
  await Promise.all([one, two]);
  expect(store.getState()).toMatchObject({ status: "answered", map: { step: 2 } });
  expect(asked.filter(({ name }) => name === "map")[0]!.params).toEqual({ concepts: 40 });
  const late = store.getState().draw();
  store.getState().clear();
  await late;
  expect(store.getState()).toMatchObject({ status: "idle", map: undefined });
});

it("tells why there is no map", async () => {
  const { client } = createFakeLab();
  const store = createMapStore(createWorkersStore(() => client));
  await store.getState().draw();
  expect(store.getState()).toMatchObject({ status: "failed", error: "no weights" });
});
