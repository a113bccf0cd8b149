// Pointers that stand in a clone for a large file: Git LFS' and git-annex'. Tells them by their text; fetches nothing.

/** No pointer is longer. */
export const MAX_POINTER_BYTES = 1024;

const LFS = /^version https?:\/\/\S*(?:git-lfs|hawser|git-media)\S*\r?\n(?:ext-\S+ \S+\r?\n)*oid \S+\r?\n/;
const LFS_SIZE = /^size (\d+)\s*$/m;
const ANNEX = /^\/annex\/objects\/\S+\s*$/;

/**
 * What is wrong with a file that is only a pointer, fit for "FILE: …"; undefined for any other file.
 * @param bytes the file, or its first MAX_POINTER_BYTES at least
 */
export function pointerProblem(bytes: Uint8Array): string | undefined {
  if (bytes[0] !== 0x76 && bytes[0] !== 0x2f) return undefined; // "v", "/": nearly every file ends here
  const text = new TextDecoder().decode(bytes.subarray(0, MAX_POINTER_BYTES));
  if (LFS.test(text)) {
    const size = LFS_SIZE.exec(text)?.[1];
    const of = size === undefined ? "" : ` to ${size} bytes`;
    return `is a Git LFS pointer${of}, not the file itself; run "git lfs pull" in the folder it was cloned to`;
  }
  if (ANNEX.test(text))
    return `is a git-annex pointer, not the file itself; run "git annex get" in its folder`;
  return undefined;
}
