// A trainer that is replaced behind its port: requests and events go to and come from the new one alone.
import { afterEach, expect, it } from "vitest";
import { replaceablePort, replaceWhenSpent, type EndablePort } from "./replaceablePort.ts";
import type { TrainerEvent, TrainerRequests, WireError } from "./protocol.ts";
import { createRpcClient, serveRpc } from "./rpc.ts";
import { DeviceError } from "../core/machineError.ts";
import { SpecError } from "../core/inputError.ts";

interface Calls {
  name: { params: null; result: string };
  fail: { params: "device" | "input"; result: null };
}

const open: MessagePort[] = [];
afterEach(() => open.splice(0).forEach((port) => port.close()));

/** Workers of which the n-th answers "n"; `say` sends an event from it, dead or alive. */
function startedWorkers() {
  const say: ((event: string) => void)[] = [];
  const ended: number[] = [];
  const start = (): EndablePort => {
    const n = say.length + 1;
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    say.push(
      serveRpc<Calls, string>(port2, {
        name: () => String(n),
        fail(kind) {
          throw kind === "device" ? new DeviceError("The graphics device was lost") : new SpecError("no");
        },
      }),
    );
    port1.start();
    port2.start();
    return Object.assign(port1, { terminate: () => void ended.push(n) });
  };
  return { start, say, ended };
}
const arrived = () => new Promise((resolve) => setTimeout(resolve, 20));

it("speaks to the new worker, and hears the old one no more", async () => {
  const { start, say, ended } = startedWorkers();
  const port = replaceablePort(start);
  const client = createRpcClient<Calls, string>(port);
  const heard: string[] = [];
  client.onEvent((event) => heard.push(event));
  expect(await client.request("name", null)).toBe("1");
  port.replace();
  expect(ended).toEqual([1]);
  expect(await client.request("name", null)).toBe("2");
  say[0]!("late");
  say[1]!("new");
  await arrived();
  expect(heard).toEqual(["new"]);
  port.terminate();
  expect(ended).toEqual([1, 2]);
});

it("is replaced once after requests that failed with the device, and not for bad input", async () => {
  const { start } = startedWorkers();
  const client = createRpcClient<Calls, TrainerEvent>(start());
  const told: WireError[] = [];
  replaceWhenSpent(client, (error) => told.push(error));
  await expect(client.request("fail", "input")).rejects.toThrow("no");
  await arrived();
  expect(told).toEqual([]);
  await Promise.allSettled([client.request("fail", "device")]);
  expect(told).toMatchObject([{ kind: "device", message: "The graphics device was lost" }]);
});

it("is replaced after a run that failed with the device, once everyone has heard", async () => {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const tell = serveRpc<Partial<TrainerRequests>, TrainerEvent>(port2, {});
  const client = createRpcClient<TrainerRequests, TrainerEvent>(port1);
  port1.start();
  const order: string[] = [];
  replaceWhenSpent(client, ({ kind }) => order.push(`replaced: ${kind}`));
  client.onEvent(({ type }) => order.push(type));
  const failed = (kind: WireError["kind"]): TrainerEvent => ({
    type: "failed",
    runId: "a",
    error: { kind, name: "", message: "" },
  });
  for (const kind of ["internal", "storage", "device", "device"] as const) tell(failed(kind));
  await arrived();
  expect(order).toEqual(["failed", "failed", "failed", "replaced: device", "failed", "replaced: device"]);
});
