import type { Model } from '../../../layers/index.js';
import { type DType, type Shape, sizeOf, type TypedArray } from '../../../tensor/index.js';
import { swapToHost } from '../../weights/byteOrder.js';
import { nameWeights } from '../../weights/nameWeights.js';
import type { Snapshot } from '../../weights/snapshot.js';

const kinds: Readonly<Record<DType, readonly [name: string, size: number]>> = {
  float32: ['F32', 4],
  float64: ['F64', 8],
  int32: ['I32', 4],
  uint8: ['U8', 1],
  bool: ['BOOL', 1],
};

/** An array to be written. */
export interface NamedArray {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
  read(): Promise<TypedArray>;
}

/** The weights of a model as a `.safetensors` file, under the names they have in a layers-model. */
export async function writeSafetensors(model: Model, numbers: Snapshot): Promise<Uint8Array> {
  const arrays = nameWeights(model).map(({ name, variable }) => ({
    name,
    shape: variable.shape,
    dtype: variable.dtype,
    read: () => (numbers.get(variable) ?? variable.storage).host(),
  }));
  return packSafetensors(arrays, { format: 'mapache' });
}

/** Arrays as a `.safetensors` file. @param metadata texts that stand at the very beginning, in this order */
export async function packSafetensors(
  arrays: readonly NamedArray[],
  metadata: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const header: Record<string, unknown> = { __metadata__: metadata };
  let end = 0;
  for (const { name, shape, dtype } of arrays) {
    const [kind, size] = kinds[dtype];
    const begin = end;
    end += size * sizeOf(shape);
    header[name] = { dtype: kind, shape, data_offsets: [begin, end] };
  }
  const text = JSON.stringify(header);
  // Spaces behind the header, so that the first number is aligned.
  const head = new TextEncoder().encode(text + ' '.repeat((8 - (new TextEncoder().encode(text).length % 8)) % 8));
  const bytes = new Uint8Array(8 + head.length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(head.length), true);
  bytes.set(head, 8);
  let at = 8 + head.length;
  for (const { read } of arrays) {
    const values = (await read()).slice();
    bytes.set(swapToHost(new Uint8Array(values.buffer as ArrayBuffer), values.BYTES_PER_ELEMENT), at);
    at += values.byteLength;
  }
  return bytes;
}
