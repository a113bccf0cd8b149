// What is wrong with a field, as the schema library found it. Names neither the field nor where it stands.
import type * as v from "valibot";

/** The library calls a missing field "received undefined". */
export function issueText({ received, message }: v.BaseIssue<unknown>): string {
  return received === "undefined" ? "is missing" : message;
}
