// Where the names of marks stand so that none covers another or a mark. What has no room gets no place. Draws nothing.

export interface LabelledMark {
  readonly x: number;
  readonly y: number;
  readonly width: number; // of its label
}

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** Where a label begins on its base line. */
export interface LabelPlace extends Spot {
  /** Where a line from its mark ends, of one that stands further off. */
  readonly lead?: Spot;
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const REACH = 6; // from a mark's middle to its edge

const SIDES = [[1, -1], [-1, -1], [1, 1], [-1, 1], [0, -1], [0, 1], [1, 0], [-1, 0]] as const; // prettier-ignore
const FURTHER = [18, 30, 45, 65]; // px

/**
 * The first free of four places round each mark (right and left of it, a little above, then a little below: the lines of
 * its intervals run straight), in the order of the marks; then, of those that found none, the first free one further off.
 *
 * @param frame that no label may leave
 * @param height of a line of letters
 * @param kept boxes that no label may cover, besides the marks
 */
export function placeLabels(
  marks: readonly LabelledMark[],
  frame: Box,
  height: number,
  kept: readonly Box[] = [],
): (LabelPlace | undefined)[] {
  const taken = [...kept, ...marks.map(({ x, y }) => around(x, y))];
  const taking = ({ width }: LabelledMark, places: readonly LabelPlace[]) => {
    const found = places.find((place) => {
      const box = boxOf(place, width, height);
      return isInside(box, frame) && !taken.some((other) => overlap(box, other));
    });
    if (found) taken.push(boxOf(found, width, height));
    return found;
  };
  const near = marks.map((mark) => taking(mark, placesRound(mark, height)));
  return marks.map((mark, i) => near[i] ?? taking(mark, placesFurther(mark, height)));
}

function placesRound({ x, y, width }: LabelledMark, height: number): LabelPlace[] {
  const [right, left] = [x + REACH, x - REACH - width];
  const [above, below] = [y - REACH + 1, y + REACH + 0.8 * height - 1];
  return [above, below].flatMap((base) => [
    { x: right, y: base },
    { x: left, y: base },
  ]);
}

const placesFurther = ({ x, y, width }: LabelledMark, height: number): LabelPlace[] =>
  FURTHER.flatMap((off) =>
    SIDES.map(([across, down]) => {
      const lead = { x: x + across * off, y: y + down * off };
      const begin = across > 0 ? lead.x + 2 : across < 0 ? lead.x - width - 2 : lead.x - width / 2;
      return { x: begin, y: lead.y + (down === 0 ? 0.3 : down > 0 ? 0.8 : -0.2) * height, lead };
    }),
  );

/** Of a mark: its middle and a little more, since labels touch its corners. */
const around = (x: number, y: number): Box => ({
  left: x - REACH + 1,
  right: x + REACH - 1,
  top: y - REACH + 1,
  bottom: y + REACH - 1,
});

/** Of letters on a base line: a fifth hangs below it. */
const boxOf = ({ x, y }: LabelPlace, width: number, height: number): Box => ({
  left: x,
  right: x + width,
  top: y - 0.8 * height,
  bottom: y + 0.2 * height,
});

const isInside = (box: Box, frame: Box) =>
  box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;

const overlap = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
