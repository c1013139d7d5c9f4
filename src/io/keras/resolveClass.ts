import { findLayerClass, UnknownLayerError } from '../../layers/index.js';
import type { Context } from './context.js';
import { field, type JsonObject } from './json.js';
import { nameOf } from './layerRecord.js';

/** Names of other versions for classes that behave the same here. */
const otherNames: Readonly<Record<string, string>> = {
  SyncBatchNormalization: 'BatchNormalization',
  UnifiedGRU: 'GRU',
  UnifiedLSTM: 'LSTM',
};

/** Operations that do to two tensors what the layer of the same name does. */
const operations: ReadonlySet<string> = new Set(['Add', 'Subtract', 'Multiply', 'Maximum', 'Minimum']);

/**
 * The registered class that a record of a file means; the name as it is if there is none. Packages put their name in
 * front: `Custom>Rescaling`.
 * @throws {UnknownLayerError} for an operation that is no layer.
 * @throws {ModelFormatError} for code.
 */
export function resolveClass(context: Context, className: string, record: JsonObject): string {
  const module = field(record, 'module');
  if (typeof module === 'string' && /^keras\.(src\.)?ops\b/.test(module) && !operations.has(className)) {
    throw new UnknownLayerError(`${module}.${className}`, nameOf(record).name ?? '');
  }
  const bare = className.slice(className.lastIndexOf('>') + 1);
  const candidates = [className, bare, Object.hasOwn(otherNames, bare) ? (otherNames[bare] as string) : bare];
  const known = candidates.find((name) => findLayerClass(name) !== undefined);
  if (known !== undefined) return known;
  if (bare !== 'Lambda') return className;
  throw context.error(
    'layers that are described by their options',
    `'${className}', which is code`,
    "Code from a file is never run. Register a class of your own called 'Lambda' that does the same.",
  );
}
