import type { Contestant } from '../harness.js';

const repeats = 2 ** 20;
const sums = 12;

/**
 * How fast plain JavaScript multiplies and adds on one thread when it waits for nothing: twelve sums that depend on
 * numbers in registers only, enough of them to keep the processor's pipelines full. Units: multiply-adds.
 */
export const multiplyAdd: Contestant = {
  name: 'ceiling: multiply-add in registers',
  units: repeats * sums,
  run: async () => multiplyAddLoop(repeats, 0.5, 0.25),
};

// c = c * a + b tends to b / (1 - a): the numbers stay ordinary ones.
function multiplyAddLoop(count: number, a: number, b: number): number {
  let [c0, c1, c2, c3, c4, c5] = [0, 1, 2, 3, 4, 5];
  let [c6, c7, c8, c9, c10, c11] = [6, 7, 8, 9, 10, 11];
  for (let i = 0; i < count; i++) {
    c0 = c0 * a + b;
    c1 = c1 * a + b;
    c2 = c2 * a + b;
    c3 = c3 * a + b;
    c4 = c4 * a + b;
    c5 = c5 * a + b;
    c6 = c6 * a + b;
    c7 = c7 * a + b;
    c8 = c8 * a + b;
    c9 = c9 * a + b;
    c10 = c10 * a + b;
    c11 = c11 * a + b;
  }
  return c0 + c1 + c2 + c3 + c4 + c5 + c6 + c7 + c8 + c9 + c10 + c11;
}

const source = new Float32Array(2 ** 24).fill(1);
const target = new Float32Array(source.length);

/** How fast memory is copied that is too large for the caches. Units: bytes, those read and those written. */
export const largeCopy: Contestant = {
  name: 'ceiling: copy of 64 MiB',
  units: 2 * source.byteLength,
  run: async () => target.set(source),
};
