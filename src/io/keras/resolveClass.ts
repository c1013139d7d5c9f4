import { findLayerClass, operationPrefix, UnknownLayerError } from '../../layers/index.js';
import type { Context } from './context.js';
import { field, isObject, type JsonObject } from './json.js';
import { nameOf } from './layerRecord.js';

/** Names of other versions for classes that behave the same here. */
const otherNames: Readonly<Record<string, string>> = {
  SyncBatchNormalization: 'BatchNormalization',
  UnifiedGRU: 'GRU',
  UnifiedLSTM: 'LSTM',
};

/**
 * The registered class that a record of a file means; the name as it is if there is none. Packages put their name in
 * front: `Custom>Rescaling`.
 * @throws {UnknownLayerError} for an operation that is no layer.
 * @throws {ModelFormatError} for code.
 */
export function resolveClass(context: Context, className: string, record: JsonObject): string {
  const operation = operationOf(className, record);
  if (operation !== null) return operation;
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

/**
 * The class of an operation: a function of tensors that a functional model has recorded, such as `x + y`. Files in HDF5
 * do not say where a class comes from, so there the arguments tell: layers take tensors for their first one only.
 * @throws {UnknownLayerError} for an operation that is not known.
 */
function operationOf(className: string, record: JsonObject): string | null {
  const module = field(record, 'module');
  const name = `${operationPrefix}${className}`;
  const known = findLayerClass(name) !== undefined;
  if (typeof module === 'string') {
    if (!/^keras\.(src\.)?ops\b/.test(module)) return null;
    if (!known) throw new UnknownLayerError(`${module}.${className}`, nameOf(record).name ?? '');
    return name;
  }
  if (!known) return null;
  if (findLayerClass(className) === undefined) return name;
  const nodes = field(record, 'inbound_nodes');
  const [node] = Array.isArray(nodes) ? (nodes as readonly unknown[]) : [];
  const args = isObject(node) ? field(node, 'args') : undefined;
  const config = field(record, 'config');
  const isReshape = isObject(config) && field(config, 'newshape') !== undefined;
  return isReshape || (Array.isArray(args) && args.length > 1) ? name : null;
}
