import {
  allocate,
  type Shape,
  ShapeMismatchError,
  sameShape,
  type Tensor,
  type TypedArray,
  wrap,
} from '../tensor/index.js';
import type { Forward } from './compileForward.js';
import { asList } from './data/arrayData.js';
import { checkInputs } from './data/checkInputs.js';
import type { Dataset } from './data/dataset.js';
import { EmptyDataError } from './data/emptyDataError.js';
import { inOrder } from './evaluate.js';
import { OtherWork } from './otherWork.js';
import type { Trainable } from './trainable.js';

/**
 * The outputs for all samples of a data set, batch by batch, put together on the host.
 * @throws {EmptyDataError} if there is no batch.
 * @throws the signal's reason once it is aborted.
 */
export async function predictDataset(
  model: Trainable,
  forward: Forward,
  dataset: Dataset,
  batchSize: number,
  signal: AbortSignal | undefined,
): Promise<readonly Tensor[]> {
  const chunks: (readonly Chunk[])[] = [];
  const otherWork = new OtherWork();
  for await (const batch of dataset.batches({ batchSize, ...inOrder })) {
    signal?.throwIfAborted();
    const x = asList(batch.x);
    checkInputs(
      'predict',
      model,
      x.map(({ shape }) => shape),
    );
    const outputs = await forward(...x);
    chunks.push(await Promise.all(outputs.map(readChunk)));
    await otherWork.giveTurn();
  }
  const [first] = chunks;
  if (first === undefined) throw new EmptyDataError('predict');
  return first.map((_, output) => join(chunks.map((chunk) => chunk[output] as Chunk)));
}

interface Chunk {
  readonly tensor: Tensor;
  readonly data: TypedArray;
}

async function readChunk(tensor: Tensor): Promise<Chunk> {
  const data = await tensor.data();
  tensor.storage?.dispose();
  return { tensor, data };
}

/** Tensors one after the other along the first axis. */
function join(chunks: readonly Chunk[]): Tensor {
  const [{ tensor }] = chunks as readonly [Chunk];
  const data = allocate(
    tensor.dtype,
    chunks.reduce((size, chunk) => size + chunk.data.length, 0),
  );
  let position = 0;
  let count = 0;
  for (const chunk of chunks) {
    checkRow(tensor.shape, chunk.tensor.shape);
    data.set(chunk.data, position);
    position += chunk.data.length;
    count += chunk.tensor.shape[0] ?? 0;
  }
  return wrap(data, [count, ...tensor.shape.slice(1)], tensor.dtype);
}

function checkRow(first: Shape, next: Shape): void {
  if (sameShape(first.slice(1), next.slice(1))) return;
  throw new ShapeMismatchError(
    'predict',
    first,
    next,
    'Outputs of all batches must have one size; predict them one by one.',
  );
}
