// Entry of the analysis worker: what a study found, computed where no page waits for it.
import { analyse } from "../core/study/analysis/analyse.ts";
import type { AnalysisRequests } from "./protocol.ts";
import { serveRpc } from "./rpc.ts";

serveRpc<AnalysisRequests, never>(self, { analyse: ({ study, result }) => analyse(study, result) });
