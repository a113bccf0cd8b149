// The list of studies that come with the page (public/studies/index.json). Hostile until parsed here.
import * as v from "valibot";

const entry = v.object({
  name: v.pipe(v.string(), v.regex(/^[\w.-]{1,100}$/)), // of its file
  title: v.string(),
  headline: v.string(),
  runs: v.number(),
});

export type PublishedStudy = v.InferOutput<typeof entry>;

/** @throws Error where it is no such list */
export const parsePublishedIndex = (value: unknown): readonly PublishedStudy[] =>
  v.parse(v.array(entry), value);
