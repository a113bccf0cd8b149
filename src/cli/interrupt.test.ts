// Ctrl+C at a command that loads, downloads or trains: heard at any moment, whoever of the two processes gets it.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { labProcess, STARTER } from "../testing/killedRuns.ts";
import { buildEmbedded } from "./buildEmbedded.ts";

let dir = "";
let silent: Server;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "lab-"));
  await buildEmbedded();
  silent = createServer(() => undefined); // takes every request and answers none
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
}, 120_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  silent.closeAllConnections();
  silent.close();
  await rm(dir, { recursive: true });
});

const set = (...settings: string[]) => settings.flatMap((setting) => ["--set", setting]);
const SMALL = [
  "run",
  "preset:hybrid",
  ...set("languages.train=en,de", "languages.heldOut=none", "batch.size=32", "data.liveQueries=50"),
  ...set("encoder.id=random", "encoder.layers=1", "encoder.width=32", "compute.backend=wasm"),
];

describe("an interrupt", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "ends a run whose encoder does not arrive: %s",
    async (signal) => {
      vi.stubEnv("LAB_HUB", `http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
      const asked = new Promise<void>((resolve) => silent.once("request", () => resolve()));
      let kill: (signal: NodeJS.Signals) => void = () => undefined;
      const args = [...SMALL, "--set", "encoder.id=hf:someone/something", "--out", "a.json"];
      const ended = labProcess(args, dir, (own) => (kill = own));
      await asked;
      kill(signal);
      expect(await ended).toMatchObject({ code: null, out: "" });
      expect(await readdir(dir)).toEqual([]);
    },
    60_000,
  );

  it("that reaches the starting process alone leaves the run with a snapshot, as if it had come once", async () => {
    const args = [...SMALL, ...set("steps=2000", "evalEvery=10"), "--out", "b.json"];
    let isAsked = false;
    const watch = (kill: (signal: NodeJS.Signals) => void, err: string) => {
      if (!isAsked && err.includes("step    10")) {
        kill("SIGINT");
        kill("SIGINT"); // as a terminal and a starting process do
      }
      isAsked ||= err.includes("step    10");
    };
    const left = await labProcess(args, dir, watch, STARTER);
    expect(left.code, left.err).toBe(130);
    expect(left.err).toMatch(/left after step \d+ of 2000; go on with/);
  }, 60_000);
});
