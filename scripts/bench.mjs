// `npm run bench -- …`: measures and writes bench/results.json.
import { runTypeScript } from "./runTypeScript.mjs";

runTypeScript("bench/bench.ts");
