// The way out when a draft cannot be drawn: back to its preset.
import { draftStore } from "../../state/draftStore.ts";

export const resetForm = (): void => draftStore.getState().resetAll();
