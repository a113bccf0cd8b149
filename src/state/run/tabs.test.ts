// What tabs tell each other of data, encoders and preferences; and words of a tab of another version, which are not heard.
import { expect, it, vi } from "vitest";
import { createFakeLab, settle } from "../../testing/fakeLab.ts";
import { createDatasetStore } from "../datasetStore.ts";
import { createEncoderStore } from "../encoderStore.ts";
import { createPreferencesStore } from "../preferencesStore.ts";
import { createTabs, type TabNews } from "./tabs.ts";
import { createWorkersStore } from "../workersStore.ts";

/** The tabs of one browser by their channels: each hears all but its own words. */
function browser() {
  const channels: { hear: (data: unknown) => void }[] = [];
  const open = () => {
    const listeners: ((event: MessageEvent) => void)[] = [];
    const own = {
      hear: (data: unknown) => listeners.forEach((listener) => listener({ data } as MessageEvent)),
    };
    channels.push(own);
    const channel = {
      postMessage: (data: unknown) => {
        for (const other of channels) if (other !== own) other.hear(data);
      },
      addEventListener: (_: string, listener: (event: MessageEvent) => void) => void listeners.push(listener),
    };
    return createTabs(() => channel as unknown as BroadcastChannel);
  };
  return { open, say: (data: unknown) => channels.forEach(({ hear }) => hear(data)) };
}

it("hears news of the others, and nothing that is none", () => {
  const { open, say } = browser();
  const heard: TabNews[] = [];
  open().onTold((news) => heard.push(news));
  for (const data of [null, 3, "runs", {}, { about: "plans", ids: [] }, { about: "runs", ids: [7] }])
    say(data);
  expect(heard).toEqual([]);
  open().tell({ about: "runs", ids: ["a"] });
  expect(heard).toEqual([{ about: "runs", ids: ["a"] }]);
});

it("lists datasets and encoders anew when another tab has added or removed some", async () => {
  const { open } = browser();
  const lab = () => {
    const tabs = open();
    const fake = createFakeLab({ addEncoder: () => ({ id: "local:a" }) as never });
    const workers = createWorkersStore(() => fake.client);
    const asked = (name: string) => fake.asked.filter((request) => request.name === name).length;
    return {
      asked,
      datasets: createDatasetStore(workers, tabs).getState(),
      encoders: createEncoderStore(() => fake.client, tabs).getState(),
    };
  };
  const [a, b] = [lab(), lab()];
  await a.datasets.remove("xquad-r");
  await settle();
  expect([a.asked("list"), b.asked("list")]).toEqual([1, 1]);
  await a.encoders.remove("mine");
  await a.encoders.add("mine", []);
  await settle();
  await settle();
  expect([a.asked("listEncoders"), b.asked("listEncoders")]).toEqual([2, 2]);
  expect(b.asked("list")).toBe(1);
});

it("keeps the preferences that each tab chose last, not all of the one that wrote last", () => {
  let text: string | null = null;
  const written = vi.fn();
  const others: ((text: string | null) => void)[] = [];
  const tab = () => {
    const own = others.length;
    return createPreferencesStore(
      {
        getItem: () => text,
        setItem(_, next) {
          if (next === text) return; // as a browser, which then tells nobody
          text = next;
          written();
          others.forEach((told, i) => i !== own && told(next));
        },
      },
      (listener) => others.push(listener),
    );
  };
  const [a, b] = [tab(), tab()];
  a.getState().setTheme("dark");
  b.getState().setFolded("runs", true);
  expect(a.getState()).toMatchObject({ theme: "dark", folded: { runs: true } });
  expect(b.getState()).toMatchObject({ theme: "dark", folded: { runs: true } });
  expect(written).toHaveBeenCalledTimes(2);
  expect(tab().getState()).toMatchObject({ theme: "dark", folded: { runs: true } });
});
