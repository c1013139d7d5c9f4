import type { Model } from '../../../layers/index.js';
import type { DType, Variable } from '../../../tensor/index.js';
import type { Hdf5Array, Hdf5DType, Hdf5Tree } from '../../hdf5/writeHdf5.js';
import { visitLayers } from '../../weights/layerPaths.js';
import type { Snapshot } from '../../weights/snapshot.js';

/** How numbers are kept in a file. */
const stored = {
  float32: 'float32',
  float64: 'float64',
  int32: 'int32',
  uint8: 'uint8',
  bool: 'uint8',
} as const satisfies Record<DType, Hdf5DType>;

/** An optimizer, as far as files are concerned. */
interface StoredOptimizer {
  readonly name: string;
  readonly variables: readonly Variable[];
}

/**
 * The weights of a model, filed as Keras 3 does: a group `vars` for every layer, at a path of attributes and classes.
 * @param numbers those of all weights and of the optimizer's variables.
 */
export async function weightTree(
  model: Model,
  optimizer: StoredOptimizer | null,
  numbers: Snapshot,
): Promise<Hdf5Tree> {
  const groups: [path: string, name: string, variables: Readonly<Record<string, Variable>>][] = [];
  visitLayers(model, (layer, path, variables) =>
    groups.push([`${path}vars`, layer.name, { ...numbered(variables), ...layer.stored }]),
  );
  if (optimizer !== null) groups.push(['optimizer/vars', optimizer.name, numbered(optimizer.variables)]);
  const members = await Promise.all(
    groups.map(async ([path, name, variables]): Promise<[string, Hdf5Tree]> => {
      const arrays = Object.entries(variables).map(async ([key, variable]) => [key, await arrayOf(variable, numbers)]);
      return [path, { attributes: { name }, members: Object.fromEntries(await Promise.all(arrays)) }];
    }),
  );
  return { members: Object.fromEntries(members) };
}

function numbered(variables: readonly Variable[]): Readonly<Record<string, Variable>> {
  return Object.fromEntries(variables.map((variable, i) => [`${i}`, variable]));
}

async function arrayOf(variable: Variable, numbers: Snapshot): Promise<Hdf5Array> {
  const { shape, dtype } = variable;
  const storage = numbers.get(variable) ?? variable.storage;
  return { shape, dtype: stored[dtype], values: (await storage.host()).slice() };
}
