// The page's workers on ports in this process: joined, watched, replaced when they fall silent.
import { afterEach, expect, it, vi } from "vitest";
import { joinWorkers } from "./labClient.ts";
import type { TrainerEvent, TrainerRequests, DataEvent, DataRequests, WireError } from "./protocol.ts";
import { serveRpc } from "./rpc.ts";
import { SILENT_TICKS } from "./silence.ts";

const open: MessagePort[] = [];
afterEach(() => {
  open.splice(0).forEach((port) => port.close());
  vi.unstubAllGlobals();
});
const arrived = () => new Promise((resolve) => setTimeout(resolve, 20));

/** A lab whose workers answer until their `end` is called, as a worker that was ended or loops for ever does not. */
async function lab() {
  const started = { trainer: 0, data: 0 };
  const terminated: string[] = [];
  const ends: Record<"trainer" | "data", () => void> = { trainer: () => {}, data: () => {} };
  const misses = { ...ends }; // its script cannot be had
  const start = (kind: "trainer" | "data") => () => {
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    const own = `${kind} ${++started[kind]}`;
    if (kind === "trainer")
      serveRpc<Partial<TrainerRequests>, TrainerEvent>(port2, {
        connect: () => null,
        listSnapshots: () => [],
      });
    else serveRpc<Partial<DataRequests>, DataEvent>(port2, { connect: () => null, preview: () => [] });
    ends[kind] = () => port2.close();
    misses[kind] = () => port1.dispatchEvent(new Event("error"));
    port1.start();
    port2.start();
    return Object.assign(port1, { terminate: () => void terminated.push(own) });
  };
  const ticks = new Set<() => void>();
  const client = joinWorkers(
    { trainer: start("trainer"), data: start("data") },
    {
      hub: "https://hub.example",
      base: "/",
      ticking(tick) {
        ticks.add(tick);
        return () => void ticks.delete(tick);
      },
    },
  );
  const told: string[] = [];
  client.onCrash(({ name, message }) => told.push(`crash: ${name}, ${message}`));
  client.onTrainerReplaced(({ name, message }) => told.push(`replaced: ${name}, ${message}`));
  await arrived();
  /** A second of the page's, with time for answers. */
  const second = async () => {
    for (const tick of [...ticks]) tick();
    await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const seconds = async (n: number) => {
    for (let i = 0; i < n; i++) await second();
  };
  return { client, started, terminated, ends, misses, told, seconds };
}

const refusal = (asked: Promise<unknown>) =>
  asked.then(
    () => "answered",
    (error: Error) => error.message,
  );

it("leaves workers that answer alone, however long nothing is asked of them", async () => {
  const { told, seconds, started } = await lab();
  await seconds(3 * SILENT_TICKS);
  expect([told, started]).toEqual([[], { trainer: 1, data: 1 }]);
});

it("replaces a trainer that fell silent, refuses what was asked of it, and works on with the next", async () => {
  const { client, told, seconds, started, terminated, ends } = await lab();
  ends.trainer();
  const asked = refusal(client.trainer.request("listSnapshots", null));
  await seconds(SILENT_TICKS);
  const said = "The training worker gave no sign of life for 8 s and was replaced; start the run again";
  expect(await asked).toBe(said);
  expect(told).toEqual([`replaced: WorkerSilent, ${said}`]);
  expect([started, terminated]).toEqual([{ trainer: 2, data: 1 }, ["trainer 1"]]);
  expect(await client.trainer.request("listSnapshots", null)).toEqual([]);
  await seconds(2 * SILENT_TICKS);
  expect(started.trainer).toBe(2);
});

it("notices a silent data worker, too, and refuses what both were asked", async () => {
  const { client, told, seconds, ends } = await lab();
  ends.data();
  const asked = refusal(client.data.request("preview", { id: "a", lang: "en" }));
  await seconds(SILENT_TICKS);
  expect(await asked).toMatch(/^The data worker gave no sign of life for 8 s/);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/^crash: WorkerCrash, The data worker/);
});

it("replaces the trainer at a wish, at once and with its reason", async () => {
  const { client, told, started, ends } = await lab();
  ends.trainer();
  const asked = refusal(client.trainer.request("listSnapshots", null));
  const wish: WireError = { kind: "input", name: "RunEnded", message: "ended at your wish" };
  client.replaceTrainer(wish);
  expect(await asked).toBe("ended at your wish");
  expect(told).toEqual(["replaced: RunEnded, ended at your wish"]);
  expect(await client.trainer.request("listSnapshots", null)).toEqual([]);
  expect(started).toEqual({ trainer: 2, data: 1 });
});

it("says of a worker that could not be fetched what to do: reload, or without a network not to", async () => {
  for (const [onLine, said] of [
    [true, "A worker of the lab could not be loaded; reload the page"],
    [
      false,
      "You seem to be offline: a part of the lab could not be fetched. Connect to the network and try again",
    ],
  ] as const) {
    vi.stubGlobal("navigator", { onLine });
    const { told, misses } = await lab();
    misses.data();
    expect(told).toEqual([`crash: WorkerCrash, ${said}`]);
  }
});
