// Where the names of marks stand so that none covers another or a mark. What has no room gets no place. Draws nothing.

export interface LabelledMark {
  readonly x: number;
  readonly y: number;
  readonly width: number; // of its label
}

/** Where a label begins on its base line. */
export interface LabelPlace {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const REACH = 6; // from a mark's middle to its edge

/**
 * The first free of four places round each mark (right and left of it, a little above, then a little below: the lines of
 * its intervals run straight), in the order of the marks.
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
  return marks.map(({ x, y, width }) => {
    const [right, left] = [x + REACH, x - REACH - width];
    const [above, below] = [y - REACH + 1, y + REACH + 0.8 * height - 1];
    const places = [above, below].flatMap((base) => [
      { x: right, y: base },
      { x: left, y: base },
    ]);
    const found = places.find((place) => {
      const box = boxOf(place, width, height);
      return isInside(box, frame) && !taken.some((other) => overlap(box, other));
    });
    if (found) taken.push(boxOf(found, width, height));
    return found;
  });
}

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
