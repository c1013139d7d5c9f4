import { readFileSync, writeFileSync } from 'node:fs';

const status = '/proc/self/status';

/** Whether the system says how much memory a process held at most since it was last asked: Linux does. */
export const knowsPeaks = (() => {
  try {
    writeFileSync('/proc/self/clear_refs', '5');
    return /VmHWM/.test(readFileSync(status, 'utf8'));
  } catch {
    return false;
  }
})();

/** What the process holds now, and the most it has held since the peak was last forgotten, in bytes. */
function held(): { readonly now: number; readonly most: number } {
  const text = readFileSync(status, 'utf8');
  const kilobytes = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1]);
  return { now: 1024 * kilobytes('VmRSS'), most: 1024 * kilobytes('VmHWM') };
}

/**
 * What a process may come to hold whatever it reads: the two halves, of 16 MiB each, that V8 has for young objects and
 * touches bit by bit. Reading sound files was seen to take up to 8 MiB of it the first time, with the reader's code, and
 * up to 4 MiB later.
 */
const ownNoise = 2 ** 25;

/** Most bytes that reading a file may take which, when sound, has `size` bytes. */
export function allowance(size: number): number {
  return 4 * size + ownNoise;
}

/**
 * Bytes of memory the whole process came to hold at most while `work` went on, above what it held before: buffers,
 * objects, WebAssembly, whatever it is for and however soon it was given back. 0 where the system does not say.
 */
export async function peakOf(work: () => Promise<unknown>): Promise<number> {
  if (!knowsPeaks) {
    await work();
    return 0;
  }
  // 5: forget the peak.
  writeFileSync('/proc/self/clear_refs', '5');
  const { now } = held();
  await work();
  return held().most - now;
}
