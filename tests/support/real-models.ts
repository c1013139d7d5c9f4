import { readFileSync } from 'node:fs';
import type { Model } from 'mapache/layers';
import { compile, type Shape, type Tensor, tensor } from 'mapache/tensor';
import { dataPath, hasData, readJson } from './shared-data.js';

/** A trained network of the reference data, with the outputs that Keras computed. */
export interface RealModel {
  readonly name: string;
  readonly input: string;
  readonly output: { readonly file: string; readonly shape: Shape };
  readonly params: number;
  readonly weight_tensors: number;
}

interface Manifest {
  readonly models: readonly RealModel[];
  readonly inputs: Readonly<
    Record<string, { readonly file: string; readonly shape: Shape; readonly source: readonly string[] }>
  >;
}

const empty: Manifest = { models: [], inputs: {} };
const manifest = hasData ? readJson<Manifest>('goldens', 'models', 'manifest.json') : empty;

/** The model of a name. @throws {Error} if the reference data lacks it. */
export function realModel(name: string): RealModel {
  const found = manifest.models.find((model) => model.name === name);
  if (found === undefined) throw new Error(`no reference model '${name}'`);
  return found;
}

/** The picture files Keras was given, and what it computed for them: some inputs are stored for the first ones only. */
export function goldenPictures({ input, output }: RealModel): {
  readonly paths: readonly string[];
  readonly y: Float32Array;
} {
  const { source } = manifest.inputs[input] as Manifest['inputs'][string];
  return { paths: source.map((path) => dataPath(path)), y: readFloats(size(output.shape), output.file) };
}

/** The first `count` images that Keras was given, and what it computed for them. */
export function goldenBatch(
  { input, output }: RealModel,
  count: number,
): { readonly x: Tensor; readonly y: Float32Array } {
  const source = manifest.inputs[input] as Manifest['inputs'][string];
  const shape = [count, ...source.shape.slice(1)];
  const x = readFloats(count * size(source.shape.slice(1)), source.file);
  return { x: tensor(x, { shape }), y: readFloats(count * size(output.shape.slice(1)), output.file) };
}

/** What the model computes in inference. */
export async function infer(model: Model, x: Tensor): Promise<Float32Array> {
  const [y] = await compile((batch: Tensor) => model.callWith([batch], false))(x);
  return (await (y as Tensor).data()) as Float32Array;
}

function readFloats(count: number, file: string): Float32Array {
  const bytes = readFileSync(dataPath('goldens', 'models', file));
  if (bytes.length < 4 * count) throw new Error(`${file} holds ${bytes.length / 4} numbers, not ${count}`);
  return new Float32Array(new Uint8Array(bytes).buffer).slice(0, count);
}

function size(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
