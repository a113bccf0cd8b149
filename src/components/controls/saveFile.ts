// Hands a text or bytes to the browser's downloads. Builds no content.

/** @param name already safe, see `fileName` in core/series/csv.ts */
export function saveFile(name: string, type: string, content: BlobPart): void {
  const whole = typeof content === "string" ? `${type};charset=utf-8` : type;
  const url = URL.createObjectURL(new Blob([content], { type: whole }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000); // some browsers read it after the click returns
}
