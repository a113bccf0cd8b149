// `npm run lab -- …`: the command line. Exit codes are the command's: 0 done, 1 differs or failed, 2 bad input.
import { runTypeScript } from "./runTypeScript.mjs";

runTypeScript("src/cli/lab.ts");
