import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadModel, type Tensor, tensor } from 'mapache';
import { expect, test } from 'vitest';

interface Golden {
  readonly input: { readonly shape: readonly number[]; readonly values: readonly number[] };
  readonly output: { readonly shape: readonly number[]; readonly mean: number; readonly first16: readonly number[] };
}

const inRepository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

test("the demo's base gives what real Keras computed", async () => {
  const golden: Golden = JSON.parse(await readFile(inRepository('tests/golden/digits-base.json'), 'utf8'));
  const base = await loadModel(inRepository('examples/digits/base'));
  const picture = tensor(Float32Array.from(golden.input.values), { shape: golden.input.shape });
  const [features] = base.callWith([picture], false) as readonly [Tensor];
  const values = Array.from(await features.data());
  expect(features.shape).toEqual(golden.output.shape);
  expect(values.slice(0, 16)).toEqual(golden.output.first16.map((value) => expect.closeTo(value, 5)));
  expect(values.reduce((total, value) => total + value, 0) / values.length).toBeCloseTo(golden.output.mean, 5);
});
