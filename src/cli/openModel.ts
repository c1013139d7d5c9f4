import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { loadModel } from '../io/index.js';
import type { LoadProgress, Model } from '../layers/index.js';
import { applications } from '../transfer/index.js';
import { CommandError } from './commandError.js';
import type { Terminal } from './terminal.js';

type Builder = applications.ApplicationBuilder;

/** How to open a model. */
interface OpenOptions {
  /** Height and width of the pictures. @defaultValue what the model was made for */
  readonly size?: number | undefined;
  /** Whether an application tells classes apart; files say so themselves. @defaultValue `true` */
  readonly includeTop?: boolean;
}

/**
 * Opens what the command line calls a model: an application such as `mobilenetV2`, with the weights that Keras publishes;
 * one of those files of weights, known by its name; or a file, a folder or an address.
 * @throws {CommandError} for a word that is none of these.
 */
export async function openModel(name: string, terminal: Terminal, options: OpenOptions = {}): Promise<Model> {
  const { size, includeTop = true } = options;
  const reading = { signal: terminal.signal, onProgress: progressOf(terminal) };
  const builder = applications.list().find(({ record }) => record.name.toLowerCase() === name.toLowerCase());
  const shapeOf = (side: number): readonly [number, number, number] => [side, side, 3];
  if (builder !== undefined) {
    return builder({ ...reading, includeTop, inputShape: shapeOf(size ?? builder.record.inputSize) });
  }
  const published = publishedFile(basename(name));
  if (published === null) {
    checkPath(name);
    return loadModel(name, { ...reading, ...(size !== undefined && { inputShape: shapeOf(size) }) });
  }
  const { builder: known, file } = published;
  const { fixedSize, inputSize } = known.record;
  // With its top a network may take one size only.
  const inputShape = shapeOf(file.top && fixedSize !== 'never' ? inputSize : (size ?? inputSize));
  return known({ ...reading, ...file.options, includeTop: file.top, inputShape, weights: name });
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

/** @throws {CommandError} for a single word that is no file: it was meant to be the name of a network. */
function checkPath(name: string): void {
  if (/[/\\.:]/.test(name) || existsSync(name)) return;
  const names = applications
    .list()
    .map(({ record }) => `${record.name.charAt(0).toLowerCase()}${record.name.slice(1)}`);
  throw new CommandError(`There is no file '${name}', nor a network of that name. Networks are ${names.join(', ')}.`);
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
