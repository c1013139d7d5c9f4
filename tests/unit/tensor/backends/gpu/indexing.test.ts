import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { divide } from '../../../../../src/tensor/backends/gpu/source/indexing.js';
import { KernelBuilder } from '../../../../../src/tensor/backends/gpu/source/kernelBuilder.js';
import { dialects } from '../../../../support/javascript-device.js';

/** A kernel that divides the index of its thread, with every operation rounded to single precision. */
function divider(divisor: number, bound: number, sizes: 'literal' | 'argument') {
  const kernel = new KernelBuilder(dialects.buffer, sizes);
  const [quotient, remainder] = divide(kernel, 'q', divisor, bound);
  const { text, numbers } = kernel.finish(1, [quotient, remainder, '0', '0']);
  const rounded = text.replace(
    /Math\.floor\((.*) \* (\S+)\);/,
    'Math.floor(Math.fround(Math.fround($1) * Math.fround($2)));',
  );
  const run = new Function(`return (${rounded});`)() as (...n: readonly number[]) => readonly number[];
  return (index: number): readonly number[] => run.call({ thread: { x: index } }, ...numbers.map(Math.fround));
}

describe.each(['literal', 'argument'] as const)('division of indices by sizes that are a %s', (sizes) => {
  it.each([2 ** 22, 2 ** 24])('is exact for all indices below %d', (bound) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(bound - 1), fc.nat(8), (divisor, near, around) => {
        const divided = divider(divisor, bound, sizes);
        // Multiples, and what is just below them, are where rounding could go wrong.
        const multiple = near - (near % divisor);
        for (const index of [near, multiple, Math.max(0, multiple - 1), Math.max(0, bound - 1 - around)]) {
          expect(divided(index).slice(0, 2)).toEqual([Math.floor(index / divisor), index % divisor]);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
