import { openHdf5 } from '../hdf5/openHdf5.js';
import { asObject, field, isObject, parseJson } from '../keras/json.js';
import { findTopology } from '../keras/topology.js';
import { ModelFormatError } from '../modelFormatError.js';
import { readZip } from '../zip/readZip.js';
import { plainCopy } from './jsonFile.js';
import type { SavedFile } from './savedFile.js';
import { openWeightTree } from './weightTree.js';

/**
 * A `.keras` file: an archive of a description, metadata and weights.
 * @throws {ModelFormatError} if one of them is missing or damaged.
 */
export async function openKerasArchive(file: string, bytes: Uint8Array, maxBytes: number): Promise<SavedFile> {
  const entries = await readZip(file, bytes);
  const read = async (name: string): Promise<Uint8Array> => {
    const entry = entries.get(name);
    if (entry !== undefined) return entry.read();
    throw new ModelFormatError(file, {
      expected: `an archive with '${name}'`,
      received: [...entries.keys()].slice(0, 8).join(', ') || 'an empty one',
      remedy: 'Is it a model that Keras saved as .keras?',
    });
  };
  const config = asObject(file, 'config.json', parseJson(`${file}/config.json`, await read('config.json')));
  const said = entries.has('metadata.json') ? parseJson(file, await read('metadata.json')) : {};
  const metadata = asObject(file, 'metadata.json', said);
  const facts = asObject(file, 'what mapache says', field(metadata, 'mapache') ?? {});
  const isOurs = field(metadata, 'mapache') !== undefined;
  // Our own files record no default as if somebody had asked for it, as Keras does from this version on.
  const version = isOurs ? '3.16.0' : field(metadata, 'keras_version');
  const own = field(facts, 'metadata');
  const weightsName = 'model.weights.h5';
  const content = await read(weightsName);
  const root = await openHdf5(`${file}/${weightsName}`, content);
  const weights = openWeightTree(file, root, Math.min(content.length, maxBytes));
  return {
    ...weights,
    topology: () => findTopology(file, config, typeof version === 'string' ? version : ''),
    metadata: isObject(own) ? plainCopy(file, own) : {},
    inferenceMode: field(facts, 'inferenceMode'),
    training: field(config, 'compile_config') ?? null,
  };
}
