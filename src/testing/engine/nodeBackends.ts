// Starts the engine's backends inside vitest on Node. Shipped code never imports it.
import { messageOf } from "../../core/messageOf.ts";
import { describe } from "vitest";
import { installNodeGpu } from "../../cli/nodeGpu.ts";
import { nodeWasm } from "../../cli/nodeWasm.ts";
import { startBackend } from "../../training/engine/backend.ts";
import type { DeviceReport } from "../../core/run/device.ts";
import type { BackendName } from "../../core/spec/backend.ts";

/** @param fused as `startBackend` has it */
export async function startNodeBackend(name: BackendName, fused = true): Promise<DeviceReport> {
  if (name === "webgpu") await installNodeGpu();
  return startBackend(name, { ...nodeWasm(), fused });
}

/** Why WebGPU cannot be tested here, or nothing if it can. */
async function missingGpu(): Promise<string | undefined> {
  try {
    await startNodeBackend("webgpu");
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/**
 * A suite that needs WebGPU. Without an adapter it fails if REQUIRE_WEBGPU=1 or CI is set, else it is skipped, loudly.
 */
export async function describeGpu(title: string, suite: () => void): Promise<void> {
  const missing = await missingGpu();
  if (missing === undefined) {
    describe(title, suite);
    return;
  }
  if (process.env.REQUIRE_WEBGPU === "1" || process.env.CI) {
    throw new Error(`${title}: WebGPU is required here (REQUIRE_WEBGPU or CI is set). ${missing}`);
  }
  console.warn(
    `\nSKIPPED, NOT TESTED: ${title}. ${missing}. On Debian, "apt-get install chromium" brings a driver.\n`,
  );
  describe.skip(title, suite);
}
