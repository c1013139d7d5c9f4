import { Hdf5Group } from '../hdf5/hdf5Group.js';
import { unexpected } from '../keras/json.js';
import { ModelFormatError } from '../modelFormatError.js';
import type { SavedFile, StoredWeight } from './savedFile.js';
import { StoredDatasets } from './storedDatasets.js';

const maxDepth = 64;
/** What Keras 2.12 and 2.13 called the list of layers. */
const oldLayers = '_layer_checkpoint_dependencies';

/**
 * Weights as Keras 3 files them: `layers/dense/vars/0`, a path of attributes and classes for each.
 * @throws {ModelFormatError} if there are none.
 */
export function openWeightTree(file: string, root: Hdf5Group, limit: number): SavedFile {
  const datasets = new StoredDatasets(file, limit);
  const weights: StoredWeight[] = [];
  collect(file, root, [], datasets, weights);
  if (weights.length === 0 && !root.has('layers') && !root.has(oldLayers)) {
    throw unexpected(file, 'weights as Keras files them', root.names.join(', ') || 'an empty file');
  }
  const isState = ({ name }: StoredWeight): boolean => name.startsWith('optimizer/vars/');
  const state = weights.filter(isState);
  return {
    name: file,
    topology: () => {
      throw new ModelFormatError(file, {
        expected: 'a model',
        received: 'weights only',
        remedy: 'Make the model, and give it the weights with model.loadWeights(…).',
      });
    },
    weights: weights.filter((weight) => !isState(weight)),
    read: async (wanted, reading) => datasets.read(wanted, reading),
    metadata: {},
    inferenceMode: null,
    training: null,
    optimizer: state.length === 0 ? null : { weights: state },
  };
}

function collect(
  file: string,
  group: Hdf5Group,
  path: readonly string[],
  datasets: StoredDatasets,
  weights: StoredWeight[],
): void {
  if (path.length > maxDepth) throw unexpected(file, `layers nested at most ${maxDepth} deep`, 'more');
  const isVars = path.at(-1) === 'vars';
  // As text, '10' would come before '2'.
  const names = isVars ? [...group.names].sort((a, b) => Number(a) - Number(b)) : group.names;
  for (const name of names) {
    const member = group.get(name);
    if (member instanceof Hdf5Group) {
      collect(file, member, [...path, name === oldLayers ? 'layers' : name], datasets, weights);
    } else if (member !== undefined && isVars && !isGeneratorState(path)) {
      weights.push(datasets.add([...path, name].join('/'), member));
    }
  }
}

/** The state of a random generator is nothing that was learnt. */
function isGeneratorState(path: readonly string[]): boolean {
  return path.at(-2) === 'seed_generator';
}
