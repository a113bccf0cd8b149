import { expect, it } from "vitest";
import { openStudyFile } from "./openStudyFile.ts";

it("a file that is too large for a study is refused by its size, unread", async () => {
  const film = new File([], "film.mp4");
  Object.defineProperty(film, "size", { value: 4e9 });
  film.arrayBuffer = () => Promise.reject(new Error("was read"));
  await expect(openStudyFile([film])).rejects.toThrow("film.mp4: a study has at most 64 MiB, this has more");
});
