// `npm start`: set-up, build if anything changed, serve, print the address. `--dev` serves the sources with hot reload.
// The built page and not the dev server is the default: it is what tests run against, and it opens at once and works
// offline from one folder, while the dev server hands out hundreds of modules and bundles packages while one waits.
import { parseArgs } from "node:util";
import { buildIfStale } from "./buildIfStale.mjs";
import { ROOT, setUpOrExit } from "./setup.mjs";

const USAGE = "npm start [-- --dev] [--port N] [--host ADDRESS]";
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        dev: { type: "boolean" },
        port: { type: "string" },
        host: { type: "string" },
        help: { type: "boolean" },
      },
    });
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536))
      throw new Error(`--port must be a number from 1 to 65535, got ${values.port}`);
    return { ...values, port };
  } catch (error) {
    console.error(`${error.message.split(".")[0]}. Usage: ${USAGE}`);
    process.exit(2);
  }
}

const { dev, port, host, help } = readOptions();
if (help) {
  console.log(USAGE);
  process.exit(0);
}
setUpOrExit();
const vite = await import("vite");
// A busy port is passed over for the next one.
const common = { root: ROOT, logLevel: "warn", clearScreen: false };
const where = { strictPort: false, ...(port !== undefined && { port }), ...(host !== undefined && { host }) };
let server;
if (dev) {
  server = await vite.createServer({ ...common, server: where });
  await server.listen();
} else {
  await buildIfStale();
  server = await vite.preview({ ...common, preview: where });
}
const { local, network } = server.resolvedUrls;
console.log(`\n  Hybrid Batch Lab is at ${local[0] ?? network[0]}\n`);
for (const url of network)
  console.log(
    `  On the network: ${url} (browsers offer WebGPU only on https or localhost; elsewhere it trains on wasm)`,
  );
console.log("  Ctrl-C ends it.");
