// What a file that trains holds, from this machine: its script is built of this very source, data and encoders are those of the
// lab. Writes no page.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PageTraining } from "../core/html/pageFile.ts";
import { offerTraining } from "../core/offline/trainingOffer.ts";
import { trainingNeeds } from "../core/offline/trainingFiles.ts";
import type { Course } from "../core/spec/course.ts";
import { PROJECT } from "./nodeShards.ts";

/**
 * @param say told how many bytes training adds to a page, before any is read
 * @throws SpecError in one sentence where a run reads what does not come with the lab; Error where its script cannot be built
 */
export async function readTraining(
  courses: readonly Course[],
  say: (bytes: number) => void,
): Promise<PageTraining> {
  trainingNeeds(courses); // refused before anything is built
  const folder = await mkdtemp(path.join(tmpdir(), "lab-onefile-"));
  try {
    await buildParts(folder);
    const read = (place: string) =>
      readFile(path.join(place.startsWith("onefile/") ? folder : path.join(PROJECT, "public"), place));
    const offer = await offerTraining(courses, read);
    say(offer.bytes);
    return await offer.readParts();
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** A build is a program of the repository, as it is for the page. */
async function buildParts(folder: string): Promise<void> {
  const program = path.join(PROJECT, "scripts/oneFile.ts");
  const child = spawn(process.execPath, ["--import", "tsx", program, folder], {
    cwd: PROJECT,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code !== 0)
    throw new Error(
      `the script of a file that trains could not be built (${said.trim().split("\n")[0] ?? "no reason was given"})`,
    );
}
