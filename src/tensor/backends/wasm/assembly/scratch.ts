// Globals belong to an instance, and each worker has its own: this is the worker's private memory.

let base: usize = 0;

export function setScratch(address: usize): void {
  base = address;
}

/** `scratchBytes` of memory (`engine/control.ts`) that hold nothing between calls of a kernel; aligned to 64 bytes. */
export function scratch(): usize {
  return base;
}

/** Where it ends: for the little that must not meet what a kernel puts at the beginning. */
export function scratchEnd(): usize {
  return base + (2 << 20);
}
