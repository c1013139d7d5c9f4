import 'mapache/io';
import { layers, type Model, sequential } from 'mapache/layers';

/** A small model, the same for the same name. Weights: kernel [3, 2] and bias [2] of `d`, 32 bytes. */
export function smallModel(name = 'small'): Model {
  return sequential([layers.inputLayer({ shape: [3] }), layers.dense({ units: 2, name: 'd' })], { name });
}

/** Its files in memory, with the weights in three pieces. */
export async function savedFiles(model: Model = smallModel()): Promise<Readonly<Record<string, Uint8Array>>> {
  return (await model.save('memory', { shardSize: 12 })).files;
}

/** The numbers of all weights. */
export async function weightsOf(model: Model): Promise<readonly number[]> {
  const arrays = await Promise.all(model.weights.map(({ value }) => value.data()));
  return arrays.flatMap((array) => [...array]);
}
