// Gives Node a navigator.gpu, through the `webgpu` package (Dawn). Chooses no backend; startBackend does.
import { existsSync, readdirSync } from "node:fs";

const SWIFTSHADER = "/usr/lib/chromium/vk_swiftshader_icd.json"; // from Debian's chromium package
const DRIVER_FOLDERS = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
/** Drivers of real GPUs. Mesa's lavapipe is not one, and Dawn refuses it. */
const HARDWARE = /nvidia|radeon|amd|intel|nouveau|asahi|powervr|freedreno|broadcom|panfrost/i;

let installed: GPU | undefined; // Dawn aborts the process if its instance is collected

/**
 * Sets `globalThis.navigator.gpu`, once. Whether an adapter is behind it shows when one is requested.
 *
 * A Vulkan driver is looked for on Linux: VK_DRIVER_FILES if set; else a real GPU's, if one is installed and has a
 * device node; else the SwiftShader of Chromium, which computes on the CPU. The process must then end by
 * process.exit(): Dawn keeps Node's loop alive.
 */
export async function installNodeGpu(): Promise<void> {
  if (installed) return;
  if (
    process.platform === "linux" &&
    !process.env.VK_DRIVER_FILES &&
    !hasHardware() &&
    existsSync(SWIFTSHADER)
  ) {
    process.env.VK_DRIVER_FILES = SWIFTSHADER; // read by the Vulkan loader when Dawn starts
  }
  const { create, globals } = await import("webgpu");
  Object.assign(globalThis, globals);
  installed = create([]);
  const navigator = (globalThis as { navigator?: object }).navigator; // absent in Node 20
  if (navigator) Object.defineProperty(navigator, "gpu", { value: installed, configurable: true });
  else Object.defineProperty(globalThis, "navigator", { value: { gpu: installed }, configurable: true });
}

function hasHardware(): boolean {
  const node = ["/dev/dri/renderD128", "/dev/nvidia0", "/dev/dxg"].some(existsSync);
  return (
    node &&
    DRIVER_FOLDERS.some((dir) => existsSync(dir) && readdirSync(dir).some((file) => HARDWARE.test(file)))
  );
}
