// What a saved picture says of its numbers' origin, where those are not of the shown runs. Saves nothing.
import { createContext } from "react";

export interface PictureOrigin {
  readonly names: readonly string[]; // before the title in a file's name
  readonly recipe: (title: string) => unknown; // written into the file as JSON
}

export const PictureOriginContext = createContext<PictureOrigin | undefined>(undefined);
