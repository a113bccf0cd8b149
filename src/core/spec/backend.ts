// What a run may be asked to compute on. Starts nothing.

export type BackendName = "webgpu" | "wasm" | "cpu";

export type BackendChoice = "auto" | BackendName;
