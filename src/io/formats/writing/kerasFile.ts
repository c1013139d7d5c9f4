import { zipSync } from 'fflate';
import type { Model } from '../../../layers/index.js';
import type { Optimizer } from '../../../optim/index.js';
import type { CompileConfig } from '../../../training/index.js';
import { writeHdf5 } from '../../hdf5/writeHdf5.js';
import { kerasJson } from '../../keras/keras3/kerasJson.js';
import { writeLayer } from '../../keras/keras3/writeLayer.js';
import { writeTrainingConfig } from '../../keras/trainingConfig.js';
import type { Snapshot } from '../../weights/snapshot.js';
import { ownFacts } from './ownFacts.js';
import { weightTree } from './weightTree.js';

/** The version whose words are written. */
const kerasVersion = '3.15.1';

/** A model as it is at one moment; training may go on while it is written. */
export interface KerasDraft {
  readonly model: Model;
  readonly compiled: CompileConfig | null;
  readonly optimizer: Optimizer | null;
  readonly numbers: Snapshot;
}

/**
 * A `.keras` file: an archive of metadata, a description and weights, stored as they are, which Keras 3 opens.
 * @throws {ArgumentError} if the model cannot be described.
 */
export async function writeKerasFile({ model, compiled, optimizer, numbers }: KerasDraft): Promise<Uint8Array> {
  const training = compiled === null ? null : writeTrainingConfig(compiled);
  const variables = optimizer?.variablesFor(model.trainableWeights) ?? [];
  const state = optimizer === null || training === null ? null : { name: optimizer.name, variables };
  const config = { ...writeLayer(model), ...(training !== null && { compile_config: training }) };
  const metadata = { keras_version: kerasVersion, date_saved: timeStamp(new Date()), mapache: ownFacts(model) };
  const weights = await writeHdf5(await weightTree(model, state, numbers));
  const encoder = new TextEncoder();
  return zipSync(
    {
      'metadata.json': encoder.encode(JSON.stringify(metadata)),
      'config.json': encoder.encode(kerasJson(config)),
      'model.weights.h5': weights,
    },
    { level: 0 },
  );
}

/** `2026-02-03@04:05:06` */
function timeStamp(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', '@');
}
