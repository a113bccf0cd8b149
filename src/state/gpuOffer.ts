// What this browser offers of WebGPU. Asked when the page is there; nothing is computed with it.
import { createStore } from "zustand/vanilla";
import { messageOf } from "../core/messageOf.ts";

export interface GpuOffer {
  readonly webgpu: boolean;
  readonly software: boolean; // WebGPU drawn by the processor: right but slow, so "auto" passes over it
  readonly adapter: string; // or why there is none
}

/** Without an offer until the browser has answered. */
export const gpuOfferStore = createStore<{ readonly offer?: GpuOffer }>()(() => ({}));

export async function takeGpuOffer(): Promise<void> {
  gpuOfferStore.setState({ offer: await askForAdapter() });
}

/** Asks the browser; never rejects. */
async function askForAdapter(): Promise<GpuOffer> {
  // Absent in older browsers and on pages that are not served securely, whatever the types say.
  const gpu = (navigator as { readonly gpu?: GPU }).gpu;
  if (!gpu) return { webgpu: false, software: false, adapter: "this browser does not offer it" };
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: "high-performance" });
    if (!adapter)
      return { webgpu: false, software: false, adapter: "the browser found no graphics adapter it may use" };
    const { vendor, architecture, description, isFallbackAdapter } = adapter.info;
    const name = description || `${vendor} ${architecture}`.trim() || "unnamed adapter";
    const software = isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render/i.test(name);
    return { webgpu: true, software, adapter: name };
  } catch (error) {
    return { webgpu: false, software: false, adapter: messageOf(error) };
  }
}
