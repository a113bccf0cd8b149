// Studies of earlier visits go on by themselves: what they are made of is fetched where there are any.
import { studyTraces } from "../../state/studyTraces.ts";

/** @throws Error where their part cannot be fetched; the view Study then says so */
export async function goOnWithStudies(): Promise<void> {
  if (!studyTraces.getState().has) return;
  const { studiesStore } = await import("../../state/studiesStore.ts");
  await studiesStore.getState().open();
}
