// Whether an encoder id of a spec can be looked for at all. Asks no server and no disk.
import { SpecError } from "../inputError.ts";
import { SHIPPED_ENCODERS } from "./shippedEncoders.ts";
import { parseEncoderId, RANDOM_ENCODER, type EncoderRef } from "./encoderId.ts";

/**
 * @param field of the spec that names it
 * @throws SpecError if the id is none, or names an encoder that does not come with the lab
 */
export function checkEncoderId(id: string, field = "encoder.id"): EncoderRef {
  const ref = parseEncoderId(id);
  if (ref && (ref.kind !== "shipped" || SHIPPED_ENCODERS.includes(ref.name))) return ref;
  const known = [RANDOM_ENCODER, ...SHIPPED_ENCODERS].join(", ");
  throw new SpecError(
    `${field}: "${id}" is not an encoder of this lab; it has ${known}, and opens hf:owner/name[@revision], local:name and https:// addresses of folders`,
  );
}
