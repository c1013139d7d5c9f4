import { formatValue } from '../../tensor/index.js';
import type { Context } from './context.js';
import { field, isObject } from './json.js';

/** Dtypes that models run in here in place of those of a file. Weights are stored in what the file says. */
const substitutes: Readonly<Record<string, string>> = {
  float16: 'float32',
  bfloat16: 'float32',
  mixed_float16: 'float32',
  mixed_bfloat16: 'float32',
  int64: 'int32',
  int16: 'int32',
  int8: 'int32',
  uint32: 'int32',
};

/**
 * A dtype or a policy, as a dtype of ours: `'float32'`, `{ class_name: 'DTypePolicy', config: { name } }`.
 * @throws {ModelFormatError} for a policy that stores weights in a way of its own.
 */
export function readDType(context: Context, value: unknown): unknown {
  if (typeof value === 'string') return Object.hasOwn(substitutes, value) ? substitutes[value] : value;
  if (!isObject(value)) return value;
  const config = field(value, 'config');
  const name = isObject(config) ? field(config, 'name') : config;
  const policy = field(value, 'class_name');
  if (typeof name === 'string' && typeof policy === 'string' && policies.has(policy)) return readDType(context, name);
  throw context.error(
    'a dtype or a policy of one',
    typeof policy === 'string' ? `'${policy}'` : formatValue(value),
    'Save the model without quantization.',
  );
}

const policies: ReadonlySet<string> = new Set(['DTypePolicy', 'FloatDTypePolicy', 'Policy', 'PolicyV1']);
