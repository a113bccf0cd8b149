// Names that no cell, group or field of a study may have: every object has them by itself, or some system takes none as a file.

const OF_OBJECTS: readonly string[] = ["__proto__", "constructor", "prototype"];

/** Devices of Windows, whatever ending follows. */
const OF_DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

export const isSafeName = (name: string): boolean => !OF_OBJECTS.includes(name) && !OF_DEVICES.test(name);

/**
 * @param value JSON of any depth
 * @returns where a field has the name of what every object has, "groups.__proto__"; undefined: nowhere
 */
export function unsafeField(value: unknown): string | undefined {
  const open: { readonly at: string; readonly value: unknown }[] = [{ at: "", value }];
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.value !== "object" || next.value === null) continue;
    for (const [key, inner] of Object.entries(next.value)) {
      const at = next.at === "" ? key : `${next.at}.${key}`;
      if (OF_OBJECTS.includes(key)) return at;
      open.push({ at, value: inner });
    }
  }
  return undefined;
}
