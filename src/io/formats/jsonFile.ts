import type { ReadOptions } from '../../layers/index.js';
import type { ModelFiles } from '../files/modelFiles.js';
import { mapObject } from '../keras/case.js';
import { asObject, field, isObject, unexpected } from '../keras/json.js';
import { readManifest, type WeightEntry } from '../keras/manifest.js';
import { findTopology } from '../keras/topology.js';
import { readGroups } from './readGroups.js';
import type { SavedFile } from './savedFile.js';

const defaultMaxBytes = 2 ** 32;

/** A `model.json` with its files of weights, of which none is touched yet. @throws {ModelFormatError} */
export function openJsonFile(files: ModelFiles, content: unknown, { maxBytes }: ReadOptions): SavedFile {
  const json = asObject(files.name, 'the file', content);
  const format = field(json, 'format');
  if (format === 'graph-model') {
    throw unexpected(files.name, "a model of layers (format 'layers-model')", 'graph-model');
  }
  const groups = readManifest(files.name, field(json, 'weightsManifest'), maxBytes ?? defaultMaxBytes);
  const metadata = field(json, 'userDefinedMetadata');
  const facts = field(json, 'mapache');
  return {
    name: files.name,
    topology: () => findTopology(files.name, { model_config: field(json, 'modelTopology') }),
    weights: groups.flatMap((group) => group.weights),
    read: (wanted, reading) => readGroups(files, groups, (entry: WeightEntry) => wanted.has(entry), reading),
    metadata: isObject(metadata) ? plainCopy(files.name, metadata) : {},
    inferenceMode: isObject(facts) ? field(facts, 'inferenceMode') : null,
    training: field(json, 'trainingConfig') ?? null,
    optimizer: null,
  };
}

/** A copy whose keys cannot reach a prototype. */
export function plainCopy(file: string, object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    return isObject(value) ? plainCopy(file, value) : value;
  };
  return mapObject(file, object, (key) => key, copy);
}
