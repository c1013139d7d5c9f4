import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as composed from '../../src/tensor/ops/composed/index.js';
import { doublePrecisionBackends, onEachBackend } from '../support/backends.js';
import { composedCases } from '../support/composed-cases.js';
import { tries } from '../support/environment.js';
import { composedProblem, expectProblem, gradientProblem } from '../support/gradients.js';

const names = Object.entries(composed).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));

test('every case is that of a composed operation', () => {
  expect(names).toEqual(expect.arrayContaining(Object.keys(composedCases)));
});

onEachBackend((backend) => {
  // Primitives differ from backend to backend; they are tried as often on each.
  const isFirst = backend === doublePrecisionBackends[0];

  describe.each(names)('%s', (name) => {
    const draws = composedCases[name];

    test('has a case', () => {
      expect(draws).toBeDefined();
    });
    if (draws === undefined) return;

    test('has gradients that agree with central differences', async () => {
      await fc.assert(
        fc.asyncProperty(draws, (draw) => expectProblem(composedProblem(draw))),
        { numRuns: tries(isFirst ? 30 : 10) },
      );
    });

    test('has second derivatives that agree with central differences', async () => {
      await fc.assert(
        fc.asyncProperty(draws, (draw) => expectProblem(gradientProblem(composedProblem(draw)))),
        { numRuns: tries(isFirst ? 12 : 4) },
      );
    });
  });
}, doublePrecisionBackends);
