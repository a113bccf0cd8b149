import { expect, it } from "vitest";
import { SMALL_STUDY } from "../../testing/smallStudy.ts";
import { openStudyFile } from "./openStudyFile.ts";

it("a file that is too large for a study is refused by its size, unread", async () => {
  const film = new File([], "film.mp4");
  Object.defineProperty(film, "size", { value: 4e9 });
  film.arrayBuffer = () => Promise.reject(new Error("was read"));
  await expect(openStudyFile([film])).rejects.toThrow("film.mp4: a study has at most 64 MiB, this has more");
});

it("names a number of a study as it was written", async () => {
  const written = JSON.stringify(SMALL_STUDY).replace('"spec":{', '"spec":{"seed":9007199254740993,');
  const study = new File([written], "study.json");
  await expect(openStudyFile([study])).rejects.toThrow(/: spec: seed must be .*, got 9007199254740993$/);
});
