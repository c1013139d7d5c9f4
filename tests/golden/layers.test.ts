import { findLayerClass, type Layer } from 'mapache/layers';
import { gradients, mul, sum, type Tensor, tensor, type Variable } from 'mapache/tensor';
import { expect, it } from 'vitest';
import { conforms } from '../support/conformance.js';
import { camelCaseKeys } from '../support/keras-config.js';
import { relativeError } from '../support/relative-error.js';
import { decodeArray, describeWithData, type EncodedArray, readJson } from '../support/shared-data.js';

const tolerance = 1e-5;

interface SavedWeight extends EncodedArray {
  readonly name: string;
  readonly path: string;
  readonly trainable: boolean;
}

interface LayerCase {
  readonly id: string;
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly training: boolean;
  readonly trainable: boolean;
  readonly inputs: readonly EncodedArray[];
  readonly weights: readonly SavedWeight[];
  readonly outputs: readonly EncodedArray[];
  readonly fixed_random: readonly EncodedArray<'float32'>[];
  readonly grad_inputs: readonly (EncodedArray | null)[];
  readonly grad_weights: Readonly<Record<string, EncodedArray | null>>;
  readonly weights_changed_by_call: Readonly<Record<string, EncodedArray>>;
}

interface Manifest {
  readonly cases: readonly { readonly id: string; readonly file: string }[];
}

const manifest = (): Manifest => readJson<Manifest>('goldens', 'layers', 'manifest.json');

function decode(encoded: EncodedArray): Tensor {
  const { shape, data } = decodeArray(encoded);
  return tensor(data, { shape });
}

function makeLayer({ class_name, config, inputs, weights, trainable }: LayerCase): Layer {
  const layerClass = findLayerClass(class_name);
  if (layerClass === undefined) throw new Error(`${class_name} is not registered`);
  const layer = layerClass.fromConfig({ ...camelCaseKeys(config), dtype: 'float32' });
  layer.build(...inputs.map(({ shape }) => shape));
  layer.trainable = trainable;
  const described = (list: readonly { name: string; shape: readonly number[]; trainable: boolean }[]): unknown =>
    list.map(({ name, shape, trainable: trains }) => ({ name, shape: [...shape], trainable: trains }));
  expect(described(layer.weights)).toEqual(described(weights));
  for (const [i, weight] of weights.entries()) (layer.weights[i] as Variable).assign(decode(weight));
  return layer;
}

type Measured = Pick<LayerCase, 'id' | 'class_name'>;

async function expectClose(
  { id, class_name: name }: Measured,
  what: string,
  actual: Tensor,
  expected: EncodedArray,
): Promise<void> {
  expect(actual.shape, `${what}: shape`).toEqual(expected.shape);
  const error = relativeError(await actual.data(), decodeArray(expected).data);
  const kind = what.startsWith('gradient') ? 'gradients' : 'values';
  expect(conforms({ kind: 'layer', name, id }, error, kind), `${what}: relative error`).toBeLessThan(tolerance);
}

describeWithData('layers compute as Keras does', () => {
  const files = [...new Set(manifest().cases.map(({ file }) => file))];
  const cases = files.flatMap((file) => readJson<{ cases: readonly LayerCase[] }>('goldens', 'layers', file).cases);

  it('reads every case of the manifest', () => {
    expect(cases.map(({ id }) => id).sort()).toEqual(
      manifest()
        .cases.map(({ id }) => id)
        .sort(),
    );
  });

  it.for(cases)('$id: outputs, gradients and changed statistics', async (golden, { skip }) => {
    if (findLayerClass(golden.class_name) === undefined) skip(`no layer ${golden.class_name} yet`);
    const layer = makeLayer(golden);
    const inputs = golden.inputs.map(decode);
    // Reading a variable gives the same tensor until it is assigned, so these are what the outputs will depend on.
    const weights = layer.weights.filter(({ name }) =>
      Object.keys(golden.grad_weights).includes(`${layer.name}/${name}`),
    );
    const points = [...inputs, ...weights.map(({ value }) => value)];
    expect(weights).toHaveLength(Object.keys(golden.grad_weights).length);

    const outputs = layer.applyAll(inputs, { training: golden.training });
    expect(outputs).toHaveLength(golden.outputs.length);
    for (const [i, output] of outputs.entries()) {
      await expectClose(golden, `output ${i}`, output, golden.outputs[i] as EncodedArray);
    }

    const losses = outputs.map((output, i) => sum(mul(output, decode(golden.fixed_random[i] as EncodedArray))));
    expect(losses).toHaveLength(1);
    const found = gradients(losses[0] as Tensor, points);
    const expected = [
      ...golden.grad_inputs,
      ...weights.map(({ name }) => golden.grad_weights[`${layer.name}/${name}`] ?? null),
    ];
    for (const [i, gradient] of found.entries()) {
      const slope = expected[i] ?? null;
      if (slope === null) expect(await gradient.data()).toEqual(new Float32Array(gradient.size));
      else await expectClose(golden, `gradient ${i}`, gradient, slope);
    }

    for (const [i, saved] of golden.weights.entries()) {
      const after = golden.weights_changed_by_call[saved.path] ?? saved;
      await expectClose(golden, saved.path, (layer.weights[i] as Variable).value, after);
    }
  });
});
