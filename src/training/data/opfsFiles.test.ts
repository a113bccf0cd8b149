// A handle that was asked is not collected before its answer, and is not held after it.
import { expect, it } from "vitest";
import { isCollected } from "../../testing/isCollected.ts";
import { askFile, askWritable, fileOf, privateRoot } from "./opfsFiles.ts";

it("is not there where it does not answer, and says why where it is refused", async () => {
  const root = {} as FileSystemDirectoryHandle;
  expect(await privateRoot(() => Promise.resolve(root))).toBe(root);
  await expect(privateRoot(() => new Promise(() => undefined), 0.05)).rejects.toThrow(
    "it did not answer within 0.05 s",
  );
  await expect(privateRoot(() => Promise.reject(new Error("denied")))).rejects.toThrow("denied");
});

type Ask = (handle: FileSystemFileHandle) => Promise<unknown>;
it.each<[string, Ask]>([
  ["its file", askFile],
  ["a writer", askWritable],
  ["its file, by name", (handle) => fileOf(folderOf(handle), "x")],
])("is held while it is asked for %s", async (_, ask) => {
  // As in Chromium: who is to answer is known through the handle alone.
  const begin = () => {
    const question = () => new Promise((resolve) => void (handle.answer = resolve));
    const handle: Asked = { getFile: question, createWritable: question };
    return { asked: ask(handle as unknown as FileSystemFileHandle), seen: new WeakRef(handle) };
  };
  const { asked, seen } = begin();
  expect(await isCollected(seen)).toBe(false);
  seen.deref()!.answer!("there");
  expect(await asked).toBe("there");
  expect(await isCollected(seen)).toBe(true);
});

interface Asked {
  answer?: (value: unknown) => void;
  readonly getFile: () => Promise<unknown>;
  readonly createWritable: () => Promise<unknown>;
}

function folderOf(handle: FileSystemFileHandle): FileSystemDirectoryHandle {
  let given: FileSystemFileHandle | undefined = handle;
  const getFileHandle = () => {
    const once = given!;
    given = undefined;
    return Promise.resolve(once);
  };
  return { getFileHandle } as unknown as FileSystemDirectoryHandle;
}
