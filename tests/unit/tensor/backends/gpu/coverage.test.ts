import { describe, expect, it } from 'vitest';
import { lowerings } from '../../../../../src/tensor/backends/gpu/lowering/index.js';
import { primitiveNames, primitives } from '../../../../../src/tensor/ops/index.js';

describe('the gpu backend', () => {
  it('has kernels for every primitive that is no alias', () => {
    const computed = primitiveNames.filter((name) => primitives[name].alias !== true);
    expect(Object.keys(lowerings).sort()).toEqual(computed.sort());
  });
});
