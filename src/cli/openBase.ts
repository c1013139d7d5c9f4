import { basename } from 'node:path';
import { loadModel } from '../io/index.js';
import { type LoadProgress, type Model, model as modelOf } from '../layers/index.js';
import { applications } from '../transfer/index.js';
import { CommandError } from './commandError.js';
import type { Terminal } from './terminal.js';

type Builder = applications.ApplicationBuilder;

/**
 * Opens what `--base` names: an application such as `mobilenetV2`, with the weights that Keras publishes; one of those
 * files of weights, known by its name; or a model of one's own, without its last layers if it tells classes apart.
 * @param size height and width of the pictures; `null` for what the base was made for.
 * @throws {CommandError} if a model of one's own has no map or vector of features to build on.
 */
export async function openBase(name: string, size: number | null, terminal: Terminal): Promise<Model> {
  const reading = { signal: terminal.signal, onProgress: progressOf(terminal) };
  const builder = applications.list().find(({ record }) => record.name.toLowerCase() === name.toLowerCase());
  const side = (record: applications.Application): number => size ?? record.inputSize;
  if (builder !== undefined) {
    const inputShape = [side(builder.record), side(builder.record), 3];
    return builder({ ...reading, includeTop: false, inputShape });
  }
  const published = publishedFile(basename(name));
  if (published === null) {
    const whole = await loadModel(name, { ...reading, ...(size !== null && { inputShape: [size, size, 3] }) });
    return withoutHead(whole);
  }
  const { builder: known, file } = published;
  // With its top a network may take one size only.
  const pixels = file.top && known.record.fixedSize !== 'never' ? known.record.inputSize : side(known.record);
  const options = { ...reading, ...file.options, includeTop: file.top, inputShape: [pixels, pixels, 3], weights: name };
  const whole = await known(options);
  return file.top ? withoutHead(whole) : whole;
}

/** The published file of this name, and the application it belongs to. */
function publishedFile(
  file: string,
): { readonly builder: Builder; readonly file: applications.PublishedWeights } | null {
  for (const builder of applications.list()) {
    const found = builder.record.weights.find((weights) => weights.file === file);
    if (found !== undefined) return { builder, file: found };
  }
  return null;
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

/** Draws how much of a file has come. */
function progressOf({ progress }: Terminal): (state: LoadProgress) => void {
  const drawn = progress.isTerminal;
  return ({ loaded, total, file }) => {
    if (drawn)
      progress.drawLine(
        `${file}: ${Math.round((100 * loaded) / Math.max(total, 1))} % of ${(total / 1e6).toFixed(1)} MB`,
      );
  };
}
