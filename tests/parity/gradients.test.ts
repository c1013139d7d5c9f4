import fc from 'fast-check';
import { apply, type PrimitiveName, primitiveNames, primitives } from 'mapache/tensor';
import { describe, test } from 'vitest';
import { backends, inDType } from '../support/backends.js';
import { composedCases } from '../support/composed-cases.js';
import { tries } from '../support/environment.js';
import { expectSameGradients } from '../support/gradient-parity.js';
import { primitiveCases } from '../support/primitive-cases.js';

const cases = primitiveCases(3);
const differentiable = primitiveNames.filter((name) => primitives[name].gradient !== 'none');
const numRuns = tries(12);

describe.each(backends)('the %s backend has in float32 the gradients that the reference has in float64', (backend) => {
  test.each(differentiable)('of %s', async <K extends PrimitiveName>(name: K) => {
    await fc.assert(
      fc.asyncProperty(cases[name], (draw) =>
        expectSameGradients(backend, (precision) => {
          const { params, inputs } = inDType(draw, precision);
          return { fn: (...all) => apply(name, all, params), inputs, wrt: draw.wrt };
        }),
      ),
      { numRuns },
    );
  });

  test.each(Object.entries(composedCases))('of %s', async (_, draws) => {
    await fc.assert(
      fc.asyncProperty(draws, ({ fn, inputs }) =>
        expectSameGradients(backend, (precision) => ({ fn, ...inDType({ params: null, inputs }, precision) })),
      ),
      { numRuns },
    );
  });
});
