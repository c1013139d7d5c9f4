// The words through which the caller and the workers talk. `engine/control.ts` holds the same addresses.

/** Address of the program to run. */
export const program: usize = 1024;
/** How many instructions it has. */
export const instructionCount: usize = 1028;
/** How many workers take part in it. */
export const participants: usize = 1032;
/** Barrier: how many workers have arrived, how many barriers have been passed, how many workers sleep at one. */
export const arrived: usize = 1036;
export const passed: usize = 1040;
export const sleeping: usize = 1044;
/** The launch of worker 0 whose program is done. */
export const done: usize = 1048;
/**
 * A line for each worker, 64 bytes apart, so that they do not share cache lines: a word that is counted up to launch it,
 * then the instruction it is at, for messages about a worker that died.
 */
export const launches: usize = 2048;
export const launchStride: usize = 64;
