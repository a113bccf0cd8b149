// JSON for reading and for small files: opened up to a depth, one line each below it. Values are unchanged.

/** @returns {string} with a final newline */
export function jsonLines(value, depth) {
  const write = (inner, level, indent) => {
    const isOpen = level > 0 && typeof inner === "object" && inner !== null && Object.keys(inner).length > 0;
    if (!isOpen) return JSON.stringify(inner);
    const deeper = `${indent} `;
    const lines = Array.isArray(inner)
      ? inner.map((item) => write(item, level - 1, deeper))
      : Object.entries(inner)
          .filter(([, item]) => item !== undefined)
          .map(([key, item]) => `${JSON.stringify(key)}: ${write(item, level - 1, deeper)}`);
    const [open, close] = Array.isArray(inner) ? "[]" : "{}";
    return `${open}\n${lines.map((line) => `${deeper}${line}`).join(",\n")}\n${indent}${close}`;
  };
  return `${write(value, depth, "")}\n`;
}
