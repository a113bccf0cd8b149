// Requests, answers and events over a message port. Knows no request by name; protocol.ts lists them.
import { InputError, OtherDeviceError } from "../core/inputError.ts";
import { messageOf } from "../core/messageOf.ts";
import { DeviceError, machineErrorOf, StorageError } from "../core/machineError.ts";
import type { WireError } from "./protocol.ts";

/** Every request table has this shape: name -> what is sent and what comes back. */
export type Requests<T> = { [K in keyof T]: { params: unknown; result: unknown } };

/** The half that asks. The transport is injected, so tests run both halves in one process. */
export interface RpcClient<T extends Requests<T>, E> {
  /** @throws RpcError with the worker's sentence; also if the worker died meanwhile */
  request<K extends keyof T & string>(
    name: K,
    params: T[K]["params"],
    transfer?: Transferable[],
  ): Promise<T[K]["result"]>;
  /** @returns a function that stops listening */
  onEvent(listener: (event: E) => void): () => void;
}

type Message =
  | { readonly type: "request"; readonly id: number; readonly name: string; readonly params: unknown }
  | { readonly type: "answer"; readonly id: number; readonly result: unknown }
  | { readonly type: "error"; readonly id: number; readonly error: WireError }
  | { readonly type: "event"; readonly event: unknown }
  | { readonly type: "ping" }
  | { readonly type: "pulse"; readonly spareSeconds: number }; // it lives, and may say nothing for so long

/** What a Worker, a MessagePort and a worker's own global scope have in common. */
export interface Port {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}

export class RpcError extends Error {
  override readonly name = "RpcError";
  readonly wire: WireError;
  constructor(wire: WireError) {
    super(wire.message);
    this.wire = wire;
  }
}

/** An error of a class that a person can do something about keeps its sentence, any other is told as internal. */
export function toWireError(error: unknown): WireError {
  if (error instanceof RpcError) return error.wire;
  const told = machineErrorOf(error) ?? (error instanceof Error ? error : new Error(String(error)));
  const { name, stack } = told;
  return {
    kind: kindOf(told),
    name,
    message: messageOf(told),
    ...(stack !== undefined && { stack }),
    ...(told instanceof OtherDeviceError && { instead: "branch" }),
  };
}

function kindOf(error: Error): WireError["kind"] {
  if (error instanceof InputError) return "input";
  if (error instanceof DeviceError) return "device";
  return error instanceof StorageError ? "storage" : "internal";
}

export interface RpcConnection<T extends Requests<T>, E> extends RpcClient<T, E> {
  /** Fails all open requests, e.g. when the worker crashed. */
  fail(error: WireError): void;
  /** Told of each refused request, after whoever asked. */
  onRefusal(listener: (error: WireError) => void): void;
  /** Asks for a sign of life, which comes as soon as the other half has a moment. */
  ping(): void;
  /** Told of every word of the other half, and for how many seconds beyond the usual it may now say nothing. */
  onHeard(listener: (spareSeconds: number) => void): void;
}

export function createRpcClient<T extends Requests<T>, E>(port: Port): RpcConnection<T, E> {
  const open = new Map<number, { resolve: (value: never) => void; reject: (error: RpcError) => void }>();
  const listeners = new Set<(event: E) => void>();
  const refusalListeners: ((error: WireError) => void)[] = [];
  const heardListeners: ((spareSeconds: number) => void)[] = [];
  let nextId = 1;
  port.addEventListener("message", ({ data }) => {
    const message = data as Message; // our own worker; anything else lacks a known type and is ignored
    for (const listener of heardListeners) listener(message.type === "pulse" ? message.spareSeconds : 0);
    if (message.type === "event") for (const listener of [...listeners]) listener(message.event as E);
    if (message.type !== "answer" && message.type !== "error") return;
    const waiting = open.get(message.id);
    open.delete(message.id);
    if (message.type === "answer") waiting?.resolve(message.result as never);
    else {
      waiting?.reject(new RpcError(message.error));
      for (const listener of refusalListeners) listener(message.error);
    }
  });
  return {
    request(name, params, transfer = []) {
      const id = nextId++;
      return new Promise((resolve, reject) => {
        open.set(id, { resolve, reject });
        port.postMessage({ type: "request", id, name, params } satisfies Message, transfer);
      });
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    fail(error) {
      for (const { reject } of open.values()) reject(new RpcError(error));
      open.clear();
    },
    onRefusal: (listener) => void refusalListeners.push(listener),
    ping: () => port.postMessage({ type: "ping" } satisfies Message, []),
    onHeard: (listener) => void heardListeners.push(listener),
  };
}

export type Handlers<T extends Requests<T>> = {
  [K in keyof T]: (params: T[K]["params"]) => Promise<T[K]["result"]> | T[K]["result"];
};

/** The half that answers. @returns a function that sends an event */
export function serveRpc<T extends Requests<T>, E>(port: Port, handlers: Handlers<T>): (event: E) => void {
  port.addEventListener("message", ({ data }) => {
    const message = data as Message;
    if (message.type === "ping") sendPulse(port, 0);
    if (message.type !== "request") return;
    const { id, name, params } = message;
    void (async () => {
      try {
        if (!Object.hasOwn(handlers, name)) throw new Error(`no such request: ${name}`);
        const handler = handlers[name as keyof T];
        port.postMessage({ type: "answer", id, result: await handler(params) } satisfies Message, []);
      } catch (error) {
        port.postMessage({ type: "error", id, error: toWireError(error) } satisfies Message, []);
      }
    })();
  });
  return (event) => port.postMessage({ type: "event", event } satisfies Message, []);
}

/** A sign of life that nobody asked for, e.g. before work that lets no message in. */
export function sendPulse(port: Pick<Port, "postMessage">, spareSeconds: number): void {
  port.postMessage({ type: "pulse", spareSeconds } satisfies Message, []);
}
