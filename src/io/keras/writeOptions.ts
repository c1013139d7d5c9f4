import type { Config } from '../../tensor/index.js';
import { mapObject, snakeCase } from './case.js';
import { isObject } from './json.js';

/** Arguments of an application that are plain data, in Keras's words. */
export function writeOptions(options: Config): Config {
  return mapObject('the model', options, snakeCase, write);
}

function write(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(write);
  return isObject(value) ? mapObject('the model', value, snakeCase, write) : value;
}
