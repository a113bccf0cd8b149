// Which study a folder or a record belongs to. What it is called, which seeds it has and what is asked of its numbers may
// change; what its cells train may not.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "../data/canonicalJson.ts";
import { digestedSpec } from "../spec/fieldAge.ts";
import { cellSpec } from "./studyRuns.ts";
import type { Study } from "./study.ts";

/** sha256 of what each cell trains, by its name, as 64 hex digits. Fields that came later and are not used are no part of it. */
export function studyIdentity(study: Pick<Study, "spec" | "cells">): string {
  const cells = study.cells.map((cell) => {
    const { name, controlOf, made, reference } = cell;
    const trained = digestedSpec(cellSpec(study, cell, 0));
    const isFed = controlOf !== undefined || reference !== undefined;
    return [name, isFed ? { trained, controlOf, made, reference } : trained];
  });
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(Object.fromEntries(cells)))));
}
