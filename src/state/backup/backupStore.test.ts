import { expect, it } from "vitest";
import { backupStore } from "./backupStore.ts";

it("says what cannot be read where the browser refuses storage", async () => {
  await backupStore.getState().survey(); // Node has no IndexedDB
  expect(backupStore.getState().trouble).toBe(
    "What this browser keeps cannot be read: this browser offers no storage (IndexedDB)",
  );
});
