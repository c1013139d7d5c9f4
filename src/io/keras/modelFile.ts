import type { ReadOptions } from '../../layers/index.js';
import type { ModelFiles } from '../files/modelFiles.js';
import { mapObject } from './case.js';
import { asObject, field, isObject, parseJson, unexpected } from './json.js';
import { readManifest, type WeightGroup } from './manifest.js';
import { findTopology, type Topology } from './topology.js';

const maxJsonBytes = 2 ** 28;
const defaultMaxBytes = 2 ** 32;

/** What a `model.json` says. */
export interface ModelFile {
  /** The model. @throws {ModelFormatError} if the file has weights only */
  topology(): Topology;
  readonly groups: readonly WeightGroup[];
  /** What its user added. */
  readonly metadata: Record<string, unknown>;
}

/** Reads and checks `model.json`; no other file is touched. @throws {ModelFormatError} */
export async function readModelFile(files: ModelFiles, { maxBytes, signal }: ReadOptions): Promise<ModelFile> {
  const content = await files.main({ limit: maxJsonBytes, signal });
  const json = asObject(files.name, 'the file', parseJson(files.name, content));
  const format = field(json, 'format');
  if (format === 'graph-model') {
    throw unexpected(files.name, "a model of layers (format 'layers-model')", 'graph-model');
  }
  const groups = readManifest(files.name, field(json, 'weightsManifest'), maxBytes ?? defaultMaxBytes);
  const metadata = field(json, 'userDefinedMetadata');
  return {
    topology: () => findTopology(files.name, { model_config: field(json, 'modelTopology') }),
    groups,
    metadata: isObject(metadata) ? plainCopy(files.name, metadata) : {},
  };
}

function plainCopy(file: string, object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    return isObject(value) ? plainCopy(file, value) : value;
  };
  return mapObject(file, object, (key) => key, copy);
}
