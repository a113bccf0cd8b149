// What is said of the device that a run computes on: plain data for every layer. Starts nothing.
import type { BackendChoice, BackendName } from "../spec/backend.ts";

/** What can be asked for when a device is measured. */
export type MeasuredBackend = Exclude<BackendChoice, "cpu">;

export interface DeviceReport {
  readonly backend: BackendName;
  readonly adapter: string; // for people: "swiftshader (google)", "wasm SIMD FMA, 2 threads", "plain JavaScript"
  readonly notes: readonly string[]; // why a better backend was not used, what limits the chosen one
  readonly versions: Readonly<Record<string, string>>;
}
