// A word of the lab that says what it means when it is pressed, with a small picture. The words are glossary.ts's.
import type { ReactNode } from "react";
import { Hint } from "../controls/Hint.tsx";
import { GLOSSARY, termTitle, type TermId } from "./glossary.ts";
import { TermPicture } from "./TermPicture.tsx";

interface TermProps {
  readonly id: TermId;
  readonly text?: string; // as it stands there; left out: its name
  readonly children?: ReactNode; // of the number it stands beside: what its scale is
}

export function Term({ id, text = GLOSSARY[id].name, children }: TermProps) {
  return (
    <Hint label={text} className="term">
      <TermPicture id={id} />
      <strong>{termTitle(GLOSSARY[id])}</strong> <span>{GLOSSARY[id].words}</span>
      {Boolean(children) && <span className="term-scale">{children}</span>}
    </Hint>
  );
}
