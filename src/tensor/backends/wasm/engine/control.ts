/** Addresses of the words through which the caller and the workers talk; `assembly/control.ts` holds the same. */
export const control = {
  program: 1024,
  instructionCount: 1028,
  participants: 1032,
  current: 1036,
  arrived: 1040,
  passed: 1044,
  sleeping: 1048,
  launches: 2048,
  launchStride: 64,
} as const;

/** As many as have a word to be launched by. */
export const maxWorkers = 128;

export const pageBytes = 65_536;

/** Pages the engine's own words and constants may take; buffers are placed behind them. */
export const reservedPages = 16;

/** Private memory of each worker; kernels rely on this size. */
export const scratchBytes = 2 ** 21;

/** What a 32-bit address can reach: 4 GiB. */
export const maxPages = 65_536;
