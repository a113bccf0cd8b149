// A device in words, the same everywhere on the page. Asks no device.

import { engineName } from "../../core/record/maker.ts";

/** "webgpu, nvidia ampere"; the backend once where the adapter's name begins with it: "wasm SIMD, 1 thread". */
export const deviceText = ({ backend, adapter }: { readonly backend: string; readonly adapter: string }) =>
  adapter.startsWith(backend) || engineName({ adapter }) !== undefined ? adapter : `${backend}, ${adapter}`;
