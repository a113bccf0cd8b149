// Keeps the page where files are dropped beside what takes them: browsers would show them in its place, and a run would be lost.

/** Also says so by the pointer. Handlers of elements come first, so that what they take stays theirs. */
export function refuseMissedDrops(): void {
  for (const type of ["dragover", "drop"] as const)
    window.addEventListener(type, (event) => {
      const { dataTransfer } = event;
      if (event.defaultPrevented || !dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      dataTransfer.dropEffect = "none";
    });
}
