import { type Model, model as modelOf } from '../layers/index.js';
import { CommandError } from './commandError.js';
import { openModel } from './openModel.js';
import type { Terminal } from './terminal.js';

/**
 * Opens what `--base` names, without what tells classes apart.
 * @param size height and width of the pictures. @defaultValue what the base was made for
 * @throws {CommandError} if a model of one's own has no map or vector of features to build on.
 */
export async function openBase(name: string, size: number | undefined, terminal: Terminal): Promise<Model> {
  return withoutHead(await openModel(name, terminal, { size, includeTop: false }));
}

/**
 * The model without the end that tells classes apart: up to its last map of features, or to the layer before the last one
 * if there is none; as it is if a map is what it gives.
 */
function withoutHead(whole: Model): Model {
  const [output] = whole.outputs;
  const results = whole.layers.flatMap((layer) => layer.inboundNodes[0]?.outputs.slice(0, 1) ?? []);
  const features = results.filter(({ shape }) => shape.length === 4).at(-1) ?? results.at(-2);
  if (features === undefined || whole.inputs.length !== 1) {
    throw new CommandError(
      `'${whole.name}' has no features to build on. Use a model that was made for pictures, or the name of one: mobilenetV2.`,
    );
  }
  if (features === output) return whole;
  const base = modelOf({ inputs: whole.inputs, outputs: features, name: whole.name });
  const { classNames: _, ...metadata } = whole.metadata;
  base.metadata = metadata;
  return base;
}
