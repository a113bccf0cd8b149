// What is asked of every screen beside axe: room for a finger, no text cut off, nothing that moves by itself.
import { expect, type Page } from "@playwright/test";

const FINGER = 44; // px, WCAG 2.5.5

/** Whatever is pressed has room for a finger, but for words within sentences, as WCAG has it. @param screen its name */
export async function expectFingers(page: Page, screen: string): Promise<void> {
  expect.soft(await page.evaluate(tooSmall, FINGER), screen).toEqual([]);
}

/** Runs in the page. @returns what can be pressed there and has less room */
function tooSmall(finger: number): string[] {
  const pressed =
    "button, a[href], summary, select, input, textarea, [role=slider], [role=tab], [role=separator]";
  const isInline = (element: Element) => getComputedStyle(element).display.startsWith("inline");
  const isInSentence = (element: Element) => {
    if (!isInline(element)) return false;
    let block: Element = element.parentElement!;
    while (isInline(block)) block = block.parentElement!;
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement, textContent } = walker.currentNode;
      if (/\p{L}{2}/u.test(textContent!) && !parentElement!.closest(pressed)) return true;
    }
    return false;
  };
  /** What takes the press for it: of an input its label, in the table of runs its cell. */
  const wholeOf = (element: Element) =>
    (element.matches("input") && element.closest("label, [data-part]")) || element;
  const small = new Set<string>();
  const modal = document.querySelector("dialog[open]");
  for (const element of (modal ?? document).querySelectorAll<HTMLElement>(pressed)) {
    const whole = wholeOf(element);
    const { width, height } = whole.getBoundingClientRect();
    const isSeen = element.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1;
    const isLarge = width >= finger && height >= finger;
    if (!isSeen || isLarge || element.matches(".skipLink, .visuallyHidden *") || isInSentence(element))
      continue;
    whole.scrollIntoView({ block: "center", inline: "center" });
    const box = whole.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    const takes = (dx: number, dy: number) => whole.contains(document.elementFromPoint(x + dx, y + dy));
    const reach = (dx: number, dy: number) => {
      let far = 0;
      while (far < finger && takes(dx * far, dy * far)) far++;
      return far;
    };
    if (reach(-1, 0) + reach(1, 0) >= finger && reach(0, -1) + reach(0, 1) >= finger) continue;
    const name = element.ariaLabel ?? element.textContent.trim().slice(0, 40);
    const of = element.closest("[class]")?.classList[0];
    small.add(`${element.localName} of ${of} “${name}”: ${Math.round(width)} × ${Math.round(height)}`);
  }
  return [...small];
}

/** No box cuts its text off without dots to say so or a way to scroll to the rest, and nothing scrolls sideways. */
export async function expectWhole(page: Page, screen: string): Promise<void> {
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("body *")]
      .filter((box) => {
        const { overflowX, textOverflow, clipPath } = getComputedStyle(box);
        const hides = (overflowX === "hidden" || overflowX === "clip") && clipPath === "none";
        const isCut = box.clientWidth > 1 && box.scrollWidth > box.clientWidth + 1;
        return hides && textOverflow !== "ellipsis" && isCut && box.checkVisibility() && box.innerText.trim();
      })
      .map((box) => `${box.className}: ${box.innerText.slice(0, 60)}`),
  );
  expect.soft(cut, screen).toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(sideways, screen).toBeLessThanOrEqual(0);
}

/** For those who asked for less motion. */
export async function expectStill(page: Page, screen: string): Promise<void> {
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().activeDuration) > 1)
      .map(({ effect }) => String((effect as KeyframeEffect | null)?.target?.className)),
  );
  expect.soft(moving, screen).toEqual([]);
}
