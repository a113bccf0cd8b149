// Files a person drops or chooses, folders opened, each with its path inside what was given. Reads no content.

export interface Given {
  readonly path: string;
  readonly file: File;
}

function chosenFiles(files: Iterable<File>): Given[] {
  return Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/** What was chosen; emptied, so that the same files may be chosen again after a failure. */
export function takeChosen(input: HTMLInputElement): Given[] {
  const given = chosenFiles(input.files ?? []);
  input.value = "";
  return given;
}

/** Call it inside the drop event: a browser empties the list when the event is over. */
export async function droppedFiles(transfer: DataTransfer): Promise<Given[]> {
  const entries = Array.from(transfer.items, (item) => item.webkitGetAsEntry()).filter(
    (entry) => entry !== null,
  );
  if (entries.length === 0) return chosenFiles(transfer.files);
  return (await Promise.all(entries.map(filesBelow))).flat();
}

async function filesBelow(entry: FileSystemEntry): Promise<Given[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ path: entry.fullPath.replace(/^\//, ""), file }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    // A browser hands a folder over in parts; an empty part is the end.
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (part.length === 0) break;
    children.push(...part);
  }
  return (await Promise.all(children.map(filesBelow))).flat();
}
