// What is known of this device's speed before a run. Measures nothing.
import { useStore } from "zustand";
import type { KnownSpeeds } from "../../core/series/speedsFor.ts";
import { encoderStore } from "../../state/encoderStore.ts";
import { gpuOfferStore } from "../../state/gpuOffer.ts";
import { paceStore } from "../../state/paceStore.ts";
import { speedStore } from "../../state/speedStore.ts";

export function useKnownSpeeds(): KnownSpeeds {
  const measured = useStore(speedStore, (state) => state.encoders);
  const pace = useStore(paceStore, (state) => state.pace);
  const playsGpu = useStore(gpuOfferStore, ({ offer }) => offer?.software === true);
  const facts = useStore(encoderStore, (state) => state.facts);
  return { measured, pace, playsGpu, facts };
}
