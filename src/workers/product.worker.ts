// Entry of a worker that helps the trainer with products.
import { serveProducts } from "../training/engine/productThreads.ts";

self.addEventListener(
  "message",
  ({ data }: MessageEvent<WebAssembly.Memory>) => {
    serveProducts(data);
    self.close();
  },
  { once: true },
);
