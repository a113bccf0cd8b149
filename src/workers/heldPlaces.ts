// Where encoders come from in a file that trains: from what it holds, and nowhere else. Keeps nothing.
import { createShippedFiles } from "../training/hub/keptShipped.ts";
import { memoryModels } from "../training/pretrained/modelStore.ts";
import { pagePlaces, type PageAddresses, type PagePlaces } from "./pagePlaces.ts";

export function heldPlaces(
  fetch: typeof globalThis.fetch,
): (page: PageAddresses, onTrouble?: (sentence: string) => void) => PagePlaces {
  const shelf = Promise.resolve(undefined);
  const kept = {
    models: Promise.resolve(memoryModels(null)),
    shelf,
    shipped: createShippedFiles(shelf),
    fetch,
  };
  return (page, onTrouble) => pagePlaces(page, kept, onTrouble);
}
