import { expect, it } from 'vitest';
import { fillNormal, fillUniform } from '../../../../../src/tensor/random.js';
import { block, run } from './run-kernel.js';

it('random kernels draw from (seed, stream, step)', () => {
  const step = block([], [4], 'int32');
  for (const dtype of ['float32', 'float64'] as const) {
    const params = { shape: [3], dtype, seed: 1, stream: 2 };
    const expected = dtype === 'float32' ? new Float32Array(3) : new Float64Array(3);
    fillUniform(expected, 1, 2, 4);
    expect(run('randomUniform', [3], [step], params, dtype)).toEqual([...expected]);
    fillNormal(expected, 1, 2, 4);
    expect(run('randomNormal', [3], [step], params, dtype)).toEqual([...expected]);
  }
});
