// Entry of a Node thread that helps with products.
import { workerData } from "node:worker_threads";
import { serveProducts } from "../training/engine/productThreads.ts";

serveProducts(workerData as WebAssembly.Memory);
