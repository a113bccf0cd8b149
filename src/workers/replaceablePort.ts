// One port in front of a worker that can be replaced: whoever speaks through it need not know. Starts what it is told to.
import type { TrainerEvent, TrainerRequests, WireError } from "./protocol.ts";
import type { Port, RpcConnection } from "./rpc.ts";

/** What a Worker has beside a port. */
export type EndablePort = Port & { terminate(): void };

export interface ReplaceablePort extends EndablePort {
  /** Ends the worker and starts another; a late word of the old one is not heard. */
  replace(): void;
}

export function replaceablePort(start: () => EndablePort): ReplaceablePort {
  const listeners: ((event: MessageEvent) => void)[] = [];
  let current: EndablePort;
  const begin = () => {
    const own = (current = start());
    own.addEventListener("message", (event) => {
      if (own === current) for (const listener of listeners) listener(event);
    });
  };
  begin();
  return {
    postMessage: (message, transfer) => current.postMessage(message, transfer),
    addEventListener: (_, listener) => void listeners.push(listener),
    terminate: () => current.terminate(),
    replace() {
      current.terminate();
      begin();
    },
  };
}

/**
 * Calls once for each device that fails, after everyone has heard of it: a run that failed, or a request. The engine
 * cannot start anew where its heap is damaged or its device lost, so the worker has to go.
 */
export function replaceWhenSpent(
  trainer: Pick<RpcConnection<TrainerRequests, TrainerEvent>, "onEvent" | "onRefusal">,
  replace: (error: WireError) => void,
): void {
  let isSpent = false;
  const tell = (error: WireError) => {
    if (error.kind !== "device" || isSpent) return;
    isSpent = true;
    queueMicrotask(() => {
      isSpent = false;
      replace(error);
    });
  };
  trainer.onEvent((event) => event.type === "failed" && tell(event.error));
  trainer.onRefusal(tell);
}
