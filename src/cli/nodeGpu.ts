// Gives Node a navigator.gpu, through the `webgpu` package (Dawn). Chooses no backend; startBackend does.
import { existsSync, readdirSync } from "node:fs";
import { constants } from "node:os";

const CHROMIUM = "/usr/lib/chromium"; // Debian's package: has SwiftShader, a Vulkan driver on the CPU, and a loader
const DRIVER_FOLDERS = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
/** Drivers of real GPUs. Mesa's lavapipe is not one, and Dawn refuses it. */
const HARDWARE = /nvidia|radeon|amd|intel|nouveau|asahi|powervr|freedreno|broadcom|panfrost/i;

let installed: GPU | undefined; // Dawn aborts the process if its instance is collected

/**
 * Sets `globalThis.navigator.gpu`, once. Whether an adapter is behind it shows when one is requested.
 *
 * A Vulkan driver is looked for on Linux: VK_DRIVER_FILES if set; else a real GPU's, if one is installed and has a
 * device node; else the SwiftShader of Chromium, which computes on the CPU; the loader is the system's or Chromium's. The process must then end by
 * process.exit(): Dawn keeps Node's loop alive.
 */
export async function installNodeGpu(): Promise<void> {
  if (installed) return;
  if (process.platform === "linux") findVulkan();
  const { create, globals } = await import("webgpu");
  Object.assign(globalThis, globals);
  installed = create([]);
  const navigator = (globalThis as { navigator?: object }).navigator; // absent in Node 20
  if (navigator) Object.defineProperty(navigator, "gpu", { value: installed, configurable: true });
  else Object.defineProperty(globalThis, "navigator", { value: { gpu: installed }, configurable: true });
}

/** Sees to it that Dawn finds a Vulkan loader and a driver: it opens "libvulkan.so.1" and reads VK_DRIVER_FILES. */
function findVulkan(): void {
  if (!loads("libvulkan.so.1")) loads(`${CHROMIUM}/libvulkan.so.1`);
  const software = `${CHROMIUM}/vk_swiftshader_icd.json`;
  if (!process.env.VK_DRIVER_FILES && !hasHardware() && existsSync(software)) {
    process.env.VK_DRIVER_FILES = software;
  }
}

/**
 * Loads a shared library into the process for good; a later dlopen of its soname, here Dawn's, then finds it.
 * Node refuses anything but an add-on ("did not self-register") and unloads it, which RTLD_NODELETE prevents.
 */
function loads(library: string): boolean {
  const keepLoaded = 0x1000; // RTLD_NODELETE in glibc and musl; not among os.constants.dlopen
  try {
    process.dlopen(
      { exports: {} },
      library,
      constants.dlopen.RTLD_NOW | constants.dlopen.RTLD_GLOBAL | keepLoaded,
    );
    return true;
  } catch (error) {
    return error instanceof Error && error.message.includes("self-register");
  }
}

function hasHardware(): boolean {
  const node = ["/dev/dri/renderD128", "/dev/nvidia0", "/dev/dxg"].some(existsSync);
  return (
    node &&
    DRIVER_FOLDERS.some((dir) => existsSync(dir) && readdirSync(dir).some((file) => HARDWARE.test(file)))
  );
}
