import { expect, it } from "vitest";
import { InputError, OtherDeviceError, SpecError, TrecFormatError } from "../core/inputError.ts";
import { DeviceError } from "../core/machineError.ts";
import { createRpcClient, RpcError, serveRpc, toWireError } from "./rpc.ts";

interface Sums {
  add: { params: { a: number; b: number }; result: number };
  fail: { params: null; result: null };
}
function pair() {
  const { port1, port2 } = new MessageChannel();
  const client = createRpcClient<Sums, string>(port1);
  const emit = serveRpc<Sums, string>(port2, {
    add: ({ a, b }) => a + b,
    fail: () => {
      throw new SpecError("steps must be from 1 to 9, got 0");
    },
  });
  port1.start();
  port2.start();
  return { client, emit, close: () => port1.close() };
}

it("answers each request with its own result", async () => {
  const { client, close } = pair();
  const sums = await Promise.all([1, 2, 3].map((a) => client.request("add", { a, b: 10 })));
  expect(sums).toEqual([11, 12, 13]);
  close();
});

it("brings an error across as plain data with its sentence", async () => {
  const { client, close } = pair();
  const error = await client.request("fail", null).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(RpcError);
  expect((error as RpcError).wire).toMatchObject({
    kind: "input",
    message: "steps must be from 1 to 9, got 0",
  });
  close();
});

it("refuses a request that no handler knows", async () => {
  const { client, close } = pair();
  await expect(client.request("toString" as "add", { a: 1, b: 1 })).rejects.toThrow(
    "no such request: toString",
  );
  close();
});

it("delivers events to whoever listens, until they stop", async () => {
  const { client, emit, close } = pair();
  const seen: string[] = [];
  const stop = client.onEvent((event) => seen.push(event));
  emit("one");
  await client.request("add", { a: 1, b: 1 }); // the border keeps order
  stop();
  emit("two");
  await client.request("add", { a: 1, b: 1 });
  expect(seen).toEqual(["one"]);
  close();
});

it("fails what is open when the worker dies", async () => {
  const { client, close } = pair();
  const open = client.request("add", { a: 1, b: 1 });
  client.fail({ kind: "internal", name: "WorkerCrash", message: "gone" });
  await expect(open).rejects.toThrow("gone");
  close();
});

it("sends an error's class across, whatever its name, and its sentence", () => {
  const kinds = [
    new SpecError("steps must be an integer, got x"),
    new InputError("try other words"),
    new TrecFormatError("a.run", 3, "got 5 columns, expected 6"),
    new DeviceError("The graphics device was lost"),
    new RangeError("Array buffer allocation failed"),
    new DOMException("over quota", "QuotaExceededError"),
    Object.assign(new Error("x"), { name: "DataError" }), // only called so
  ].map((error) => toWireError(error).kind);
  expect(kinds).toEqual(["input", "input", "input", "device", "device", "storage", "internal"]);
  expect(toWireError(new TrecFormatError("a.run", 3, "got 5 columns")).message).toBe(
    "a.run, line 3: got 5 columns",
  );
});

it("says that a branch can begin where a run cannot go on", () => {
  expect(toWireError(new OtherDeviceError("made elsewhere"))).toMatchObject({
    kind: "input",
    instead: "branch",
  });
  expect(toWireError(new SpecError("another seed"))).not.toHaveProperty("instead");
});

it("calls an unknown failure internal", () => {
  expect(toWireError(new TypeError("x")).kind).toBe("internal");
  expect(toWireError("text").message).toBe("text");
});
