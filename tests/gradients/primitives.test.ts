import fc from 'fast-check';
import { apply, cast, gradients, type PrimitiveName, primitiveNames, primitives, sum, tensor } from 'mapache/tensor';
import { describe, expect, test } from 'vitest';
import { doublePrecisionBackends, onEachBackend } from '../support/backends.js';
import { tries } from '../support/environment.js';
import { expectProblem, primitiveProblem } from '../support/gradients.js';
import { primitiveCases } from '../support/primitive-cases.js';

const cases = primitiveCases(3);
const numRuns = tries(40);

const differentiable = primitiveNames.filter((name) => primitives[name].gradient !== 'none');
const flat = primitiveNames.filter((name) => primitives[name].gradient === 'none');

test('every primitive has a case', () => {
  expect(Object.keys(cases).sort()).toEqual([...primitiveNames].sort());
});

onEachBackend(() => {
  describe('the gradients of a primitive agree with central differences', () => {
    test.each(differentiable)('%s', expectPrimitive);
  });

  describe('a primitive without gradient', () => {
    // Where an input is floating, the differences must vanish too: a smooth primitive cannot hide here.
    test.each(flat)('%s does not vary smoothly with its inputs', expectPrimitive);

    test.each(flat)('%s passes gradient 0 to whatever its inputs are made of', async (name) => {
      await fc.assert(
        fc.asyncProperty(cases[name], async ({ inputs, params }) => {
          const sources = inputs.map(({ values, shape }) => tensor(values, { shape, dtype: 'float64' }));
          const operands = sources.map((source, i) => cast(source, inputs[i]?.dtype ?? 'float64'));
          const result = cast(apply(name as PrimitiveName, operands, params as never), 'float64');
          for (const gradient of gradients(sum(result), sources)) {
            expect((await gradient.data()).every((value) => value === 0)).toBe(true);
          }
        }),
        { numRuns },
      );
    });
  });
}, doublePrecisionBackends);

async function expectPrimitive<K extends PrimitiveName>(name: K): Promise<void> {
  await fc.assert(
    fc.asyncProperty(cases[name], (draw) => expectProblem(primitiveProblem(name, draw))),
    { numRuns },
  );
}
