// Whether anybody still holds an object: asked of the collector itself.
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** After a full collection. */
export async function isCollected(object: WeakRef<object>): Promise<boolean> {
  await pause(1); // what a WeakRef names is kept until the task ends
  collectGarbage();
  return object.deref() === undefined;
}
