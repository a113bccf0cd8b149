// Files whose content is not there to be read: packed in a way the lab does not unpack, spreadsheets, or pointers to the file itself. Each
// stays among the files by the name of what it holds, so that whoever needs it refuses it, and whoever does not names it.
import { DataError } from "../inputError.ts";
import { MAX_POINTER_BYTES, pointerProblem } from "./gitLfs.ts";
import { concatenate } from "./readText.ts";
import { chunksOf, type SourceFile } from "./sourceFile.ts";

/** Endings, and what makes such files. None of them is a language's code, which ends the files of parallel texts. */
const PACKERS: Readonly<Record<string, string>> = {
  "7z": "7-Zip",
  bz2: "bzip2",
  lz: "lzip",
  lz4: "LZ4",
  lzma: "LZMA",
  rar: "RAR",
  tbz2: "bzip2",
  txz: "xz",
  tzst: "Zstandard",
  xz: "xz",
  Z: "compress",
  zst: "Zstandard",
  zstd: "Zstandard",
};
const PACKED = new RegExp(`\\.(${Object.keys(PACKERS).join("|")})$`, "i");
const SPREADSHEET = /\.(xlsx|xlsm|xls|ods|numbers)$/i;
const PART = /\.(7z|zip|rar|tar|gz)\.\d{2,3}$|\.[rz]\d{2}$/i;

/** The file as one that cannot be read, or null where nothing speaks against reading it. */
export async function asUnreadable(file: SourceFile): Promise<SourceFile | null> {
  const { name } = file;
  const pointer = file.size <= MAX_POINTER_BYTES ? pointerProblem(await startOf(file)) : undefined;
  if (pointer !== undefined) return unreadable(file, pointer, name.replace(/\.gz$/i, ""));
  const ending = PACKED.exec(name)?.[1];
  if (ending !== undefined) {
    const packer = Object.entries(PACKERS).find(
      ([known]) => known.toLowerCase() === ending.toLowerCase(),
    )![1];
    const problem = `is packed with ${packer}, which the lab does not unpack; unpack it first (it reads zip, tar and gzip)`;
    return unreadable(file, problem, name.replace(PACKED, ""));
  }
  if (SPREADSHEET.test(name))
    return unreadable(file, "is a spreadsheet, which the lab does not read; save it as CSV", name);
  if (PART.test(name)) return unreadable(file, "is a part of a split archive; unpack that first", name);
  return null;
}

function unreadable({ name: given, size }: SourceFile, what: string, name: string): SourceFile {
  const problem = `${given}: ${what}`;
  const refuse = (): never => {
    throw new DataError(problem);
  };
  return {
    name,
    givenName: given,
    problem,
    size,
    bytes: () => Promise.reject(new DataError(problem)),
    stream: refuse,
  };
}

/** Nothing of a file that cannot be read: whoever needs it will be told. */
async function startOf(file: SourceFile): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const chunk of chunksOf(file.stream())) pieces.push(chunk.slice());
  } catch {
    return new Uint8Array(0);
  }
  return concatenate(pieces);
}
