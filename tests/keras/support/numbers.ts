import type { Model, SymbolicTensor } from 'mapache/layers';
import { cast, compile, type Shape, sizeOf, type Tensor, tensor } from 'mapache/tensor';
import type { InputKind } from '../../support/layer-specs.js';
import { decodeArray, type EncodedArray } from '../../support/shared-data.js';
import { Random } from './random.js';

/** An array as Keras is sent it. */
export function encode(values: Float32Array | Int32Array, shape: Shape): EncodedArray {
  const dtype = values instanceof Float32Array ? 'float32' : 'int32';
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return { shape: [...shape], dtype, data: bytes.toString('base64') };
}

/** The tensor an array stands for. */
export function decode(encoded: EncodedArray): Tensor {
  const { shape, data } = decodeArray(encoded);
  return tensor(data, { shape });
}

/**
 * Samples in a batch. More than the channels of any drawn layer: Keras on TensorFlow takes a column of as many numbers as
 * there are channels for a bias, and `Add` then adds it along the wrong axis.
 */
const batchSize = 11;

/** A batch for an input of a model. */
export function randomInput(random: Random, { shape }: SymbolicTensor, kind?: InputKind): EncodedArray {
  const batch = [batchSize, ...shape.slice(1).map((extent) => extent ?? 3)];
  const size = sizeOf(batch);
  if (kind === undefined)
    return encode(
      Float32Array.from({ length: size }, () => random.normal()),
      batch,
    );
  const below = kind === 'mask' ? 2 : kind.below;
  return encode(
    Int32Array.from({ length: size }, () => random.integer(0, below - 1)),
    batch,
  );
}

/** Gives every weight numbers of a size that keeps those of the outputs in reach. */
export function randomizeWeights(model: Model, seed: number): void {
  const random = new Random(seed);
  for (const variable of model.weights) {
    if (variable.dtype !== 'float32') continue;
    const { name, shape } = variable;
    const fan = Math.max(
      1,
      shape.slice(0, -1).reduce((product, extent) => product * extent, 1),
    );
    const draw = (): number => {
      if (/variance/.test(name)) return random.between(0.5, 1.5);
      if (/gamma|scale/.test(name)) return random.between(0.6, 1.4);
      return random.normal() * (shape.length > 1 ? 1 / Math.sqrt(fan) : 0.3);
    };
    variable.assign(tensor(Float32Array.from({ length: sizeOf(shape) }, draw), { shape }));
  }
}

/** The numbers of every weight, in order. */
export function weightsOf(model: Model): Promise<readonly EncodedArray[]> {
  return Promise.all(
    model.weights.map(async ({ value, shape }) => encode((await value.data()) as Float32Array | Int32Array, shape)),
  );
}

/** All outputs in inference. */
export async function predict(model: Model, inputs: readonly EncodedArray[]): Promise<readonly EncodedArray[]> {
  const outputs = await compile((...batch: readonly Tensor[]) => model.callWith(batch, false))(
    ...inputs.map((array, i) => cast(decode(array), model.inputs[i]?.dtype ?? 'float32')),
  );
  return Promise.all(outputs.map(async (output) => encode((await output.data()) as Float32Array, output.shape)));
}
