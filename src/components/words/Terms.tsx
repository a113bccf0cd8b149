// A text in which each term of the glossary, where it first stands, opens its definition.
import { piecesOf } from "./glossary.ts";
import { Term } from "./Term.tsx";

export function Terms({ children }: { readonly children: string }) {
  return piecesOf(children).map((piece) =>
    typeof piece === "string" ? piece : <Term key={piece.term} id={piece.term} text={piece.text} />,
  );
}
