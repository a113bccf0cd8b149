// A file of the page by its place, as lists of such files have it: hostile until parsed. Reads none.
import * as v from "valibot";

export const pagePlace = v.object({
  path: v.pipe(v.string(), v.maxLength(300), v.regex(/^\w[\w.-]*(?:\/\w[\w.-]*)*$/)), // from the page's folder: "models/NAME/config.json"
  bytes: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

export type PagePlace = v.InferOutput<typeof pagePlace>;
