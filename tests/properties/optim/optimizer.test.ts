import fc from 'fast-check';
import { getOptimizer, optimizerClasses } from 'mapache/optim';
import { tensor, Variable } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { bitsOf, expectSameBits } from '../../support/tensors.js';

const numbers = fc.array(fc.float({ min: -2, max: 2, noNaN: true }), { minLength: 1, maxLength: 4 });

/** Weights, each with the gradients of some updates. */
const weightsWithGradients = fc.array(
  numbers.chain((start) => {
    const gradient = fc.array(fc.float({ min: -2, max: 2, noNaN: true }), {
      minLength: start.length,
      maxLength: start.length,
    });
    return fc.record({ start: fc.constant(start), gradients: fc.tuple(gradient, gradient) });
  }),
  { minLength: 1, maxLength: 4 },
);

interface Case {
  readonly start: readonly number[];
  readonly gradients: readonly [readonly number[], readonly number[]];
}

function makeVariables(cases: readonly Case[]): Variable[] {
  return cases.map(({ start }, i) => new Variable(start, { name: `w${i}` }));
}

describe.each([...optimizerClasses.keys()])('%s', (className) => {
  it('gives every weight the same bits, whatever the order of the weights', async () => {
    await fc.assert(
      fc.asyncProperty(weightsWithGradients, async (cases) => {
        const [forward, backward] = [makeVariables(cases), makeVariables(cases)];
        const [first, second] = [getOptimizer(className), getOptimizer(className)];
        for (const update of [0, 1] as const) {
          const gradients = cases.map(({ gradients: list }) => tensor(list[update]));
          first.apply(gradients, forward);
          second.apply([...gradients].reverse(), [...backward].reverse());
        }
        const expected = await bitsOf(forward);
        for (const [i, weight] of backward.entries()) {
          const bits = await bitsOf([weight]);
          expect(bits.get(weight)).toEqual(expected.get(forward[i] as Variable));
        }
      }),
      { numRuns: 15 },
    );
  });

  it('touches only the weights it is given, and what it remembers about them', async () => {
    await fc.assert(
      fc.asyncProperty(weightsWithGradients, fc.nat(), async (cases, pick) => {
        const optimizer = getOptimizer({ className, config: { weightDecay: 0.1 } });
        const weights = makeVariables(cases);
        optimizer.apply(
          cases.map(({ gradients: [gradient] }) => tensor(gradient)),
          weights,
        );
        const chosen = pick % weights.length;
        const frozen = weights.filter((_, i) => i !== chosen);
        const untouched = frozen.flatMap((weight) => [weight, ...Object.values(optimizer.slotsOf(weight))]);
        const before = await bitsOf(untouched);
        const versions = untouched.map(({ version }) => version);
        const { gradients } = cases[chosen] as Case;
        optimizer.apply([tensor(gradients[1])], [weights[chosen] as Variable]);
        await expectSameBits(untouched, before);
        expect(untouched.map(({ version }) => version)).toEqual(versions);
      }),
      { numRuns: 15 },
    );
  });
});
