/** Addresses of the words through which the caller and the workers talk; `assembly/control.ts` holds the same. */
export const control = {
  program: 1024,
  instructionCount: 1028,
  participants: 1032,
  arrived: 1036,
  passed: 1040,
  sleeping: 1044,
  /** The launch of worker 0 whose program is done. */
  done: 1048,
  /** One line for each worker: the word that launches it, then the instruction it is at. */
  launches: 2048,
  launchStride: 64,
} as const;

/** As many as have a line to be launched by. */
export const maxWorkers = 128;

export const pageBytes = 65_536;

/** Pages the engine's own words and constants may take; everything else is placed behind them. */
export const reservedPages = 16;

/** Private memory of each worker; kernels rely on this size. */
export const scratchBytes = 2 ** 21;

/** Kernels may load so many bytes past the end of what they read: the memory goes on for as long behind the heap. */
export const spareBytes = 64;

/** What a 32-bit address can reach: 4 GiB. */
export const maxPages = 65_536;

/** Index of the word that launches a worker. */
export function launchWord(worker: number): number {
  return (control.launches + worker * control.launchStride) / 4;
}

/** Index of the word that says at which instruction a worker is. */
export function instructionWord(worker: number): number {
  return launchWord(worker) + 1;
}
