import { type ApplyOptions, findLayerClass, type Layer } from 'mapache/layers';
import { add, gradients, isFloating, mul, sum, type Tensor, tensor, type Variable } from 'mapache/tensor';
import { expect, it } from 'vitest';
import { conforms } from '../support/conformance.js';
import { camelCase, camelCaseKeys } from '../support/keras-config.js';
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
  /** Names of the arguments that inputs are given for, one for each; without them, inputs are a list or alone. */
  readonly arg_names?: readonly string[];
  /** Other arguments of the call. */
  readonly call_kwargs: Readonly<Record<string, unknown>>;
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

/** Each weight by its path: the names of the layers around it, and its own. */
function weightsByPath(layer: Layer, prefix = ''): ReadonlyMap<string, Variable> {
  const path = `${prefix}${layer.name}/`;
  const inside = layer.sublayers.flatMap((part) => [...weightsByPath(part, path)]);
  const found = new Set(inside.map(([, variable]) => variable));
  const own = layer.weights.filter((variable) => !found.has(variable));
  return new Map([...own.map((variable) => [`${path}${variable.name}`, variable] as const), ...inside]);
}

function callOf({ arg_names: names, call_kwargs: options }: LayerCase): ApplyOptions {
  return { options: camelCaseKeys(options), ...(names && { inputNames: names.map(camelCase) }) };
}

function makeLayer(golden: LayerCase): Layer {
  const { class_name, config, inputs, weights, trainable } = golden;
  const layerClass = findLayerClass(class_name);
  if (layerClass === undefined) throw new Error(`${class_name} is not registered`);
  const layer = layerClass.fromConfig({ ...camelCaseKeys(config), dtype: 'float32' });
  layer.applyAll(inputs.map(decode), callOf(golden));
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
    const byPath = weightsByPath(layer);
    expect([...byPath.values()].every((variable) => layer.weights.includes(variable))).toBe(true);
    const weights = Object.keys(golden.grad_weights).map((path) => byPath.get(path) as Variable);
    const floating = inputs.filter(({ dtype }) => isFloating(dtype));
    const points = [...floating, ...weights.map(({ value }) => value)];

    const outputs = layer.applyAll(inputs, { ...callOf(golden), training: golden.training });
    expect(outputs).toHaveLength(golden.outputs.length);
    for (const [i, output] of outputs.entries()) {
      await expectClose(golden, `output ${i}`, output, golden.outputs[i] as EncodedArray);
    }

    const losses = outputs.map((output, i) => sum(mul(output, decode(golden.fixed_random[i] as EncodedArray))));
    const found = gradients(
      losses.reduce((total, loss) => add(total, loss)),
      points,
    );
    const ofInputs = golden.grad_inputs.filter((_, i) => isFloating((inputs[i] as Tensor).dtype));
    const expected = [...ofInputs, ...Object.values(golden.grad_weights)];
    expect(found).toHaveLength(expected.length);
    const size = (slope: EncodedArray): number => Math.max(0, ...Array.from(decodeArray(slope).data, Math.abs));
    const noise = 2 ** -20 * Math.max(0, ...expected.map((slope) => (slope === null ? 0 : size(slope))));
    for (const [i, gradient] of found.entries()) {
      const slope = expected[i] ?? null;
      if (slope === null) expect(await gradient.data()).toEqual(new Float32Array(gradient.size));
      // Two terms that cancel leave what rounding makes of them: the key's bias adds the same to all scores of a query.
      else if (size(slope) < noise) expect(Math.max(...(await gradient.data()).map(Math.abs))).toBeLessThan(noise);
      else await expectClose(golden, `gradient ${i}`, gradient, slope);
    }

    for (const [i, saved] of golden.weights.entries()) {
      const after = golden.weights_changed_by_call[saved.path] ?? saved;
      await expectClose(golden, saved.path, (layer.weights[i] as Variable).value, after);
    }
  });
});
