// The page's side of the analysis worker: started at first use, anew after a crash. Computes nothing.
import type { AnalysisRequests } from "./protocol.ts";
import { createRpcClient, type RpcConnection } from "./rpc.ts";

let client: RpcConnection<AnalysisRequests, never> | undefined;

function start(): RpcConnection<AnalysisRequests, never> {
  const worker = new Worker(new URL("./analysis.worker.ts", import.meta.url), {
    type: "module",
    name: "analysis",
  });
  const started = createRpcClient<AnalysisRequests, never>(worker);
  worker.addEventListener("error", ({ message }) => {
    client = undefined;
    worker.terminate();
    const why = message ? `stopped (${message})` : "could not be loaded";
    started.fail({
      kind: "device",
      name: "WorkerCrash",
      message: `The worker that analyses studies ${why}; reload the page`,
    });
  });
  return started;
}

/** @throws RpcError with one sentence */
export const askAnalysis = (
  question: AnalysisRequests["analyse"]["params"],
): Promise<AnalysisRequests["analyse"]["result"]> => (client ??= start()).request("analyse", question);
