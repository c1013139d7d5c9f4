import { randomUniform, type Shape, sub, type Tensor, type Variable } from 'mapache/tensor';
import { expect } from 'vitest';

/** Numbers in `[-0.5, 0.5)`, the same for the same seed. */
export function randomTensor(shape: Shape, seed: number): Tensor {
  return sub(randomUniform(shape, { seed }), 0.5);
}

/** The bytes of variables, to compare with later. */
export async function bitsOf(variables: readonly Variable[]): Promise<Map<Variable, Uint8Array>> {
  const entries = variables.map(async (variable) => {
    const data = await variable.value.data();
    return [variable, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)] as const;
  });
  return new Map(await Promise.all(entries));
}

/** Asserts that variables hold the very same bits as before. */
export async function expectSameBits(
  variables: readonly Variable[],
  before: ReadonlyMap<Variable, Uint8Array>,
): Promise<void> {
  for (const [variable, bits] of await bitsOf(variables)) expect(bits, variable.path).toEqual(before.get(variable));
}
