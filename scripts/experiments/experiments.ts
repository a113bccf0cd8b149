// `npm run experiments`: docs/experiments.md and the page's list of committed studies, written anew from public/studies. With
// no study there, it says so and writes nothing.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { committedStudies, FOLDER, INDEX, indexText } from "./committedStudies.ts";
import { experimentsText } from "./experimentsText.ts";

const studies = committedStudies();
const text = await experimentsText(studies);
if (studies.length === 0) {
  process.stdout.write(text);
} else {
  writeFileSync(fileURLToPath(new URL("../../docs/experiments.md", import.meta.url)), text);
  writeFileSync(join(FOLDER, INDEX), indexText(studies));
  process.stdout.write(`docs/experiments.md: ${studies.length} studies\n`);
}
