// Shares the rows of large products on wasm among threads. The bits do not depend on how many there are: each row is
// summed as ever, by whoever has it. Starts no thread: the entry that knows how does. tfjs's own heap cannot be shared.
import { pulse } from "./pulse.ts";
import type { Simd } from "./simd.ts";
import { productRoutines, type SimdBuild } from "./simdModule.ts";

/** How an entry starts threads that call `serveProducts` with the memory they are given. */
export interface ThreadStarter {
  readonly count: number; // besides the one that trains, >= 0
  /** @returns what ends the thread, whatever it does */
  start(memory: WebAssembly.Memory): () => void;
  readonly lookMs?: number; // between looks at threads that do not answer; default 1000
}

/** a (n, k) at `a`, element (i, p) ars i + acs p floats on; b and c likewise, c row-major. Addresses are bytes. */
export interface ProductPlaces {
  readonly a: number;
  readonly ars: number;
  readonly acs: number;
  readonly b: number;
  readonly brs: number;
  readonly bcs: number;
  readonly c: number;
}

/** Int32s at the front of the shared memory: the order of the turn, and who has done it. */
const SLOT = {
  turn: 0,
  done: 1,
  ready: 2,
  helpers: 3,
  share: 4,
  rows: 5,
  k: 6,
  m: 7,
  a: 8,
  ars: 9,
  acs: 10,
  b: 11,
  brs: 12,
  bcs: 13,
  c: 14,
  scratch: 15,
  room: 16,
  fused: 17,
} as const;
const DISMISSED = -1; // for `helpers`
const FRONT = 1024; // bytes
const PAGE = 65_536; // bytes, WebAssembly's
const MOST = 16_384 * PAGE; // as scripts/buildSimd.mjs declares it: 1 GiB

/** Multiplications below which waking another thread may cost more than it saves: some 2 ms of one thread. */
const LARGE = 2 ** 25;

/** Looks at threads that have not answered; then all are ended, their rows are done here, and others are called. */
const PATIENCE = 8;
const LOOK_MS = 1000;
const CREWS = 3; // so many are called; then work is done alone

let starter: ThreadStarter | undefined;
let crew:
  | {
      readonly memory: WebAssembly.Memory;
      readonly front: Int32Array;
      readonly ends: readonly (() => void)[];
    }
  | undefined;
let called = 0; // crews of this starter

/** From the next large product on `next` helps; `undefined` leaves all to this thread. Former helpers go. */
export function shareProducts(next: ThreadStarter | undefined): void {
  if (next === starter) return;
  if (crew) giveOrder(crew.front, { helpers: DISMISSED });
  starter = next;
  crew = undefined;
  called = 0;
}

/** Threads at work on a large product, this one included. */
export function productThreads(): number {
  return 1 + (starter?.count ?? 0);
}

/** Threads that have answered since they were called, at the first large product, and products shared with them. */
export function helpersSoFar(): { readonly ready: number; readonly shared: number } {
  if (!crew) return { ready: 0, shared: 0 };
  return { ready: Atomics.load(crew.front, SLOT.ready), shared: Atomics.load(crew.front, SLOT.turn) };
}

/**
 * c (n, m) = a (n, k) b (k, m), done together.
 * @returns false, having done nothing, if the product is small or nobody is there to help
 */
export function productTogether(at: ProductPlaces, n: number, k: number, m: number, engine: Simd): boolean {
  if (!starter || starter.count === 0 || n * k * m < LARGE) return false;
  crew ??= callThreads(starter);
  if (!crew) return false;
  const { memory, front } = crew;
  const helpers = Atomics.load(front, SLOT.ready);
  const share = Math.ceil(n / (helpers + 1) / 4) * 4; // rows are worked on in fours
  const rest = n - share;
  if (helpers === 0 || rest <= 0) return false;

  const { routines } = engine;
  const turned = at.ars === 1 && k > 1; // a lies transposed: its rows cannot be copied apart
  const sizes = { b: k * m, a: turned ? k * n : rest * k, c: rest * m, room: routines.matmulScratch(m) };
  const b = FRONT;
  const a = b + bytes(sizes.b);
  const c = a + bytes(sizes.a);
  const scratch = c + bytes(sizes.c);
  const end = scratch + helpers * bytes(sizes.room);
  if (end > MOST) return false;
  if (!reaches(memory, end)) return false;

  const rowBytes = 4 * share * at.ars;
  new Float32Array(memory.buffer, b, sizes.b).set(engine.floats(at.b, sizes.b));
  new Float32Array(memory.buffer, a, sizes.a).set(engine.floats(turned ? at.a : at.a + rowBytes, sizes.a));
  const { ars, acs, brs, bcs } = at;
  const order = {
    fused: Number(engine.build === "fused"),
    helpers,
    share,
    rows: rest,
    k,
    m,
    ars,
    acs,
    b,
    brs,
    bcs,
    c,
    scratch,
    a: turned ? a + rowBytes : a,
    room: bytes(sizes.room),
  };
  giveOrder(front, order);

  const work = (rows: number, from: number) =>
    void routines.matmul(
      ...[at.c + 4 * from * m, at.a + 4 * from * ars, ars, acs, at.b, brs, bcs],
      ...[rows, k, m, engine.scratch(sizes.room)],
    );
  work(share, 0);
  const target = engine.floats(at.c + 4 * share * m, sizes.c);
  if (allDone(front, helpers)) target.set(new Float32Array(memory.buffer, c, sizes.c));
  else {
    for (const end of crew.ends) end();
    crew = undefined;
    work(rest, share);
  }
  return true;
}

/** Nothing, and no further try, where such memory or threads cannot be had: a small device, a strict policy. */
function callThreads({ count, start }: ThreadStarter): typeof crew {
  if (++called > CREWS) return undefined;
  try {
    const memory = new WebAssembly.Memory({ initial: 16, maximum: MOST / PAGE, shared: true });
    const ends = Array.from({ length: count }, () => start(memory));
    return { memory, front: new Int32Array(memory.buffer, 0, FRONT / 4), ends };
  } catch {
    starter = undefined;
    return undefined;
  }
}

/** Grows the memory to `end` bytes if it is smaller; false if there is no more to be had. */
function reaches(memory: WebAssembly.Memory, end: number): boolean {
  const missing = Math.ceil((end - memory.buffer.byteLength) / PAGE);
  try {
    if (missing > 0) memory.grow(missing);
    return true;
  } catch {
    return false;
  }
}

function giveOrder(front: Int32Array, order: Partial<Record<keyof typeof SLOT, number>>): void {
  for (const [name, value] of Object.entries(order)) front[SLOT[name as keyof typeof SLOT]] = value;
  Atomics.store(front, SLOT.done, 0);
  Atomics.add(front, SLOT.turn, 1);
  Atomics.notify(front, SLOT.turn);
}

function allDone(front: Int32Array, helpers: number): boolean {
  for (let looks = 0; looks < PATIENCE; looks++) {
    const done = Atomics.load(front, SLOT.done);
    if (done === helpers) return true;
    pulse(); // this thread waits, it is not dead
    if (Atomics.wait(front, SLOT.done, done, starter?.lookMs ?? LOOK_MS) !== "timed-out") looks = -1;
  }
  return false;
}

/** Bytes of so many floats, up to where vectors are aligned. */
function bytes(floats: number): number {
  return Math.ceil(floats / 16) * 64;
}

/** What a helping thread does until it is dismissed: takes its share of each product. */
export function serveProducts(memory: WebAssembly.Memory): void {
  const built: Partial<Record<SimdBuild, ReturnType<typeof productRoutines>>> = {};
  const front = new Int32Array(memory.buffer, 0, FRONT / 4);
  let seen = Atomics.load(front, SLOT.turn);
  const place = Atomics.add(front, SLOT.ready, 1);
  for (;;) {
    Atomics.wait(front, SLOT.turn, seen);
    if (Atomics.load(front, SLOT.turn) === seen) continue;
    seen = Atomics.load(front, SLOT.turn);
    const of = (name: keyof typeof SLOT) => front[SLOT[name]]!;
    if (of("helpers") === DISMISSED) return;
    if (place >= of("helpers")) continue; // came while this turn was under way
    const from = place * of("share");
    const rows = Math.min(of("share"), of("rows") - from);
    if (rows > 0) {
      const build = of("fused") ? "fused" : "plain";
      (built[build] ??= productRoutines(build, memory))["matmul"]!(
        ...[of("c") + 4 * from * of("m"), of("a") + 4 * from * of("ars"), of("ars"), of("acs")],
        ...[of("b"), of("brs"), of("bcs"), rows, of("k"), of("m"), of("scratch") + place * of("room")],
      );
    }
    Atomics.add(front, SLOT.done, 1);
    Atomics.notify(front, SLOT.done);
  }
}
