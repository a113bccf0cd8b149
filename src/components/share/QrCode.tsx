// A link to be scanned from this screen, or from a slide: black on white in both themes, since cameras want that.
import { Download } from "lucide-react";
import { Button } from "../controls/Button.tsx";
import { countText } from "../words/numberText.ts";
import { saveFile } from "../controls/saveFile.ts";
import { codeOf, LONGEST_CODE } from "./codeOf.ts";

/** What shorter links do without, by their place. */
const LEFT_OUT = ["", "the curves", "curves and hashes"];

/** @param links the fullest first: the first that a phone can read is shown */
export function QrCode({ links }: { readonly links: readonly string[] }) {
  const link = links.find((one) => codeOf(one)) ?? links[0]!;
  const code = codeOf(link);
  if (!code) {
    return (
      <p className="share-long">
        This link has {countText(link.length)} characters. A code that a phone can read holds{" "}
        {countText(LONGEST_CODE)}: send the link, or share fewer languages.
      </p>
    );
  }
  const { side, path } = code;
  const box = `0 0 ${side} ${side}`;
  const drawing = `<rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/>`;
  return (
    <div className="share-code">
      <svg
        role="img"
        aria-label="QR code of the link"
        viewBox={box}
        shapeRendering="crispEdges"
        dangerouslySetInnerHTML={{ __html: drawing }} // digits and letters of our own
      />
      <p className="field-note">
        Point a phone’s camera at it.
        {link !== links[0] &&
          ` It leaves out ${LEFT_OUT[links.indexOf(link)]}: they would make it too fine to scan.`}
      </p>
      <Button
        icon={Download}
        onClick={() =>
          saveFile(
            "hybrid-batch-lab-link.svg",
            "image/svg+xml",
            `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" width="${4 * side}" height="${4 * side}" shape-rendering="crispEdges">${drawing}</svg>\n`,
          )
        }
      >
        Save as SVG
      </Button>
    </div>
  );
}
