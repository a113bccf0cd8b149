// What a person is told of a dataset that is here.
import type { Manifest } from "./manifest.ts";

/** A dataset the page can train or test on. */
export interface DatasetInfo {
  readonly id: string;
  readonly title: string;
  readonly licence: string;
  readonly citation: string;
  readonly purpose: string;
  readonly origin: "embedded" | "added";
  readonly languages: readonly string[];
  readonly queries: number;
  readonly passages: number;
  readonly bytes: number;
  readonly manifest: Manifest;
}
