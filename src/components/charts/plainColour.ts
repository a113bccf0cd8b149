// Colours as every program understands them. The page mixes its own in ways that only browsers know.

const known = new Map<string, string>();
let pen: CanvasRenderingContext2D | null | undefined;

/** Any colour that CSS computes -> "rgb(…)" or "rgba(…)", by painting a pixel with it. */
export function plainColour(css: string): string {
  if (/^(rgba?\(|none$|transparent$|#)/.test(css)) return css;
  const found = known.get(css);
  if (found !== undefined) return found;
  pen ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!pen) return css;
  pen.clearRect(0, 0, 1, 1);
  pen.fillStyle = css;
  pen.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 255] = pen.getImageData(0, 0, 1, 1).data;
  const plain = a === 255 ? `rgb(${r}, ${g}, ${b})` : `rgba(${r}, ${g}, ${b}, ${(a / 255).toFixed(3)})`;
  known.set(css, plain);
  return plain;
}
