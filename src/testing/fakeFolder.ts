// A stand-in for the browser's private file system, which Node lacks. Holds the part of it that the stores use.

interface FakeFile {
  bytes: Uint8Array<ArrayBuffer>;
  lastModified: number;
}

let writes = 0; // stands for the clock

/** Gathers what is written, as a stream to pipe into or call by call. */
class FakeWritable extends WritableStream<Uint8Array | string> {
  constructor(take: (bytes: number) => void, done: (bytes: Uint8Array<ArrayBuffer>) => void) {
    const parts: Uint8Array[] = [];
    super({
      write(part) {
        take(part.length);
        parts.push(typeof part === "string" ? Buffer.from(part) : part.slice());
      },
      close: () => done(new Uint8Array(Buffer.concat(parts))),
    });
  }

  async write(part: Uint8Array | string): Promise<void> {
    const writer = this.getWriter();
    await writer.write(part);
    writer.releaseLock();
  }
}

/** A file changes when its writer closes, as in browsers. */
export class FakeFolder {
  readonly children = new Map<string, FakeFolder | FakeFile>();
  readonly open = new Set<string>(); // files with an open synchronous handle, which locks them
  room = Infinity; // bytes that can still be written

  /** @throws DOMException where there is no room for them */
  private take(bytes: number) {
    if (bytes > this.room) {
      throw new DOMException("The operation would exceed the quota.", "QuotaExceededError");
    }
    this.room -= bytes;
  }

  getDirectoryHandle(name: string, { create = false } = {}) {
    if (create && !this.children.has(name)) this.children.set(name, new FakeFolder());
    const entry = this.children.get(name);
    return entry instanceof FakeFolder ? Promise.resolve(entry) : Promise.reject(missing(name));
  }

  getFileHandle(name: string, { create = false } = {}) {
    if (create && !this.children.has(name)) {
      this.children.set(name, { bytes: new Uint8Array(), lastModified: ++writes });
    }
    const entry = this.children.get(name);
    if (!entry || entry instanceof FakeFolder) return Promise.reject(missing(name));
    return Promise.resolve({
      kind: "file" as const,
      getFile: () =>
        Promise.resolve(Object.assign(new Blob([entry.bytes]), { lastModified: entry.lastModified })),
      createSyncAccessHandle: () => {
        if (this.open.has(name)) {
          return Promise.reject(new DOMException(`${name} is open`, "NoModificationAllowedError"));
        }
        this.open.add(name);
        const put = (bytes: Uint8Array, at: number) => {
          const next = new Uint8Array(Math.max(entry.bytes.length, at + bytes.length));
          next.set(entry.bytes);
          next.set(bytes, at);
          entry.bytes = next;
        };
        return Promise.resolve({
          getSize: () => entry.bytes.length,
          read: (into: Uint8Array, { at }: { at: number }) => {
            const part = entry.bytes.subarray(at, at + into.length);
            into.set(part);
            return part.length;
          },
          truncate: (size: number) => void (entry.bytes = entry.bytes.slice(0, size)),
          write: (bytes: Uint8Array, { at }: { at: number }) => {
            const written = bytes.subarray(0, Math.max(0, this.room));
            this.room -= written.length;
            put(written, at);
            return written.length;
          },
          close: () => void this.open.delete(name),
        });
      },
      createWritable: () =>
        Promise.resolve(
          new FakeWritable(
            (n) => this.take(n),
            (bytes) => void Object.assign(entry, { bytes, lastModified: ++writes }),
          ),
        ),
    });
  }

  removeEntry(name: string) {
    return this.children.delete(name) ? Promise.resolve() : Promise.reject(missing(name));
  }

  async *keys() {
    yield* await Promise.resolve([...this.children.keys()]);
  }

  async *entries() {
    for (const [name, child] of [...this.children]) {
      yield [name, child instanceof FakeFolder ? child : await this.getFileHandle(name)] as const;
    }
  }
}

function missing(name: string) {
  return new DOMException(`${name} is not there`, "NotFoundError");
}
