import type { Hdf5Dataset } from '../hdf5/hdf5Dataset.js';
import { Hdf5Group } from '../hdf5/hdf5Group.js';
import { parseJson, unexpected } from '../keras/json.js';
import { findTopology } from '../keras/topology.js';
import { ModelFormatError } from '../modelFormatError.js';
import type { SavedFile, StoredOptimizer, StoredWeight } from './savedFile.js';
import { StoredDatasets } from './storedDatasets.js';

/**
 * A model, or its weights alone, as Keras 2 wrote them and Keras 3 still does for `.h5`: a group for each layer of the
 * model, in which all weights of the layer have names. Nested models are one layer.
 * @throws {ModelFormatError} if groups or arrays are missing.
 */
export function openLegacyFile(file: string, root: Hdf5Group, limit: number): SavedFile {
  const datasets = new StoredDatasets(file, limit);
  const layers = root.group('model_weights') ?? root;
  const weights = (listOf(layers, 'layer_names') ?? []).flatMap((layer) => {
    const group = layers.group(layer);
    if (group === undefined) throw unexpected(file, `a group for layer '${layer}'`, 'none');
    return weightsIn(file, group, datasets, layer);
  });
  const version = root.texts('keras_version')?.[0] ?? layers.texts('keras_version')?.[0];
  return {
    name: file,
    topology: () => {
      const text = root.texts('model_config')?.[0];
      if (text !== undefined) return findTopology(file, parseJson(file, text), version);
      throw new ModelFormatError(file, {
        expected: 'a model',
        received: 'weights only',
        remedy: 'Make the model, and give it the weights with model.loadWeights(…).',
      });
    },
    weights,
    read: async (wanted, reading) => datasets.read(wanted, reading),
    metadata: {},
    inferenceMode: null,
    training: trainingIn(file, root),
    optimizer: optimizerIn(file, root, datasets),
  };
}

function trainingIn(file: string, root: Hdf5Group): unknown {
  const text = root.texts('training_config')?.[0];
  return text === undefined ? null : parseJson(file, text);
}

function optimizerIn(file: string, root: Hdf5Group, datasets: StoredDatasets): StoredOptimizer | null {
  const group = root.group('optimizer_weights');
  if (group === undefined) return null;
  const weights = weightsIn(file, group, datasets);
  return weights.length === 0 ? null : { weights };
}

function weightsIn(file: string, group: Hdf5Group, datasets: StoredDatasets, layer?: string): readonly StoredWeight[] {
  return (listOf(group, 'weight_names') ?? []).map((name) => {
    const dataset: Hdf5Group | Hdf5Dataset | undefined = group.get(name);
    if (dataset !== undefined && !(dataset instanceof Hdf5Group)) return datasets.add(name, dataset, layer);
    throw unexpected(file, `the weight '${name}'${layer === undefined ? '' : ` of layer '${layer}'`}`, 'none');
  });
}

/** A list of names, which is cut into numbered pieces if it is too long for one attribute. */
function listOf(group: Hdf5Group, name: string): readonly string[] | null {
  const whole = group.texts(name);
  if (whole !== null) return whole;
  const texts: string[] = [];
  for (let i = 0; group.hasAttribute(`${name}${i}`); i++) texts.push(...(group.texts(`${name}${i}`) ?? []));
  return texts.length === 0 ? null : texts;
}
