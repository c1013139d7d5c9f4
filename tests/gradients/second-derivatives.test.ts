import fc from 'fast-check';
import { type PrimitiveName, primitiveNames, primitives } from 'mapache/tensor';
import { describe, test } from 'vitest';
import { doublePrecisionBackends, onEachBackend } from '../support/backends.js';
import { tries } from '../support/environment.js';
import { expectProblem, gradientProblem, primitiveProblem } from '../support/gradients.js';
import { primitiveCases } from '../support/primitive-cases.js';

const cases = primitiveCases(3);
const differentiable = primitiveNames.filter((name) => primitives[name].gradient !== 'none');

onEachBackend(() => {
  describe('the gradients of the gradients of a primitive agree with central differences', () => {
    test.each(differentiable)('%s', async <K extends PrimitiveName>(name: K) => {
      await fc.assert(
        fc.asyncProperty(cases[name], (draw) => expectProblem(gradientProblem(primitiveProblem(name, draw)))),
        { numRuns: tries(25) },
      );
    });
  });
}, doublePrecisionBackends);
