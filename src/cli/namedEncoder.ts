// An encoder as named on the command line: an id, or a folder of this machine. Opens nothing.
import { stat } from "node:fs/promises";
import path from "node:path";
import { isModelName, parseEncoderId } from "../core/encoders/encoderId.ts";
import { SHIPPED_ENCODERS } from "../core/encoders/shippedEncoders.ts";
import { SpecError } from "../core/inputError.ts";
import { isLinkText } from "../core/spec/linkText.ts";
import type { EncoderPlaces } from "../training/pretrained/openEncoder.ts";
import { nodePlaces } from "./nodeModels.ts";

export interface NamedEncoder {
  readonly id: string;
  readonly places?: EncoderPlaces; // where the id stands for a folder that was named
}

/**
 * A folder is called local:NAME after its own name, which `lab model add` makes true.
 * @param command for the message. @throws SpecError for a folder whose name no record could say
 */
export function namedEncoder(text: string, command: string): NamedEncoder {
  const isFolder = /^[./~]/.test(text) || (text.includes("/") && !parseEncoderId(text));
  if (!isFolder) return { id: text };
  const dir = path.resolve(text);
  const name = path.basename(dir).replace(/[^A-Za-z0-9._-]/g, "-");
  if (!isModelName(name)) {
    throw new SpecError(`${command}: the folder ${dir} has no name that a record could say`);
  }
  return { id: `local:${name}`, places: nodePlaces(new Map([[name, dir]])) };
}

/** Whether a text that may name a spec, a record or a link names an encoder instead. */
export async function namesEncoder(text: string): Promise<boolean> {
  if (text.startsWith("preset:") || isLinkText(text)) return false;
  if (/^(hf:|local:|https:)/.test(text) || SHIPPED_ENCODERS.includes(text)) return true;
  return stat(text).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
