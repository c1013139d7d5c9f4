// The words through which the caller and the workers talk. `engine/control.ts` holds the same addresses.

/** Address of the program to run. */
export const program: usize = 1024;
/** How many instructions it has. */
export const instructionCount: usize = 1028;
/** How many workers take part in it. */
export const participants: usize = 1032;
/** Which instruction is being run, for messages about a worker that died. */
export const current: usize = 1036;
/** Barrier: how many workers have arrived, how many barriers have been passed, how many workers sleep at one. */
export const arrived: usize = 1040;
export const passed: usize = 1044;
export const sleeping: usize = 1048;
/** One word for each worker, counted up to launch it; 64 bytes apart, so that they do not share cache lines. */
export const launches: usize = 2048;
export const launchStride: usize = 64;
