import { BackendError } from '../../errors.js';
import type { Engine, EngineSettings } from './engine/engine.js';

// Canaries went down into mines because bad air killed them first. Here they are bytes behind everything that is stored
// in, each stretch of memory having a place of its own: they change before other numbers do.

/** Bytes of a canary: sixteen vectors. */
const canaryBytes = 256;

/** A kernel stored something past the end of what it was given. */
export class OverrunError extends BackendError {
  constructor(
    /** What lies before the bytes that changed: `the result of conv2d at base/conv1`. */
    readonly stretch: string,
    /** How many bytes behind its end the first of them is. */
    readonly distance: number,
  ) {
    super({
      operation: 'wasm backend',
      expected: 'every kernel to store within its result',
      received: `something stored ${distance} bytes behind the end of ${stretch}`,
      remedy: 'Correct the kernel, or the lowering that tells it sizes; nothing in memory can be trusted until then.',
    });
  }
}

/** Memory that a run stores something in. */
export interface Stretch {
  readonly address: number;
  readonly bytes: number;
  /** What it is for, in words. */
  readonly name: string;
}

/** Bytes to keep behind everything in memory. */
export function marginOf({ canaries = false }: EngineSettings): number {
  return canaries ? canaryBytes : 0;
}

/**
 * Runs something with a canary behind each of `stretches` and each buffer of the heap.
 * @throws {OverrunError} if one of them has changed.
 */
export async function watched(engine: Engine, stretches: readonly Stretch[], run: () => Promise<void>): Promise<void> {
  const names = new Map<number, string>();
  for (const [address, bytes] of engine.heap.buffers) names.set(address + bytes, `a buffer of ${bytes} bytes`);
  for (const { address, bytes, name } of stretches) names.set(address + bytes, name);
  const canaries = [...names].map(([end, name]) => ({ end, name, bytes: canaryAt(end) }));
  for (const { end, bytes } of canaries) engine.write(end, bytes);
  await run();
  const found = await Promise.all(canaries.map(({ end }) => engine.read(end, canaryBytes)));
  canaries.forEach(({ name, bytes }, i) => {
    const now = new Uint8Array(found[i] as ArrayBuffer);
    const distance = bytes.findIndex((byte, at) => byte !== now[at]);
    if (distance !== -1) throw new OverrunError(name, distance);
  });
}

/** Bytes that depend on their address, so that a copy of one canary over another is seen, and none of which is 0. */
function canaryAt(address: number): Uint8Array {
  const words = Int32Array.from({ length: canaryBytes / 4 }, (_, i) => {
    // MurmurHash3's finalizer.
    let hash = address + i;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) | 0x01010101;
  });
  return new Uint8Array(words.buffer);
}
