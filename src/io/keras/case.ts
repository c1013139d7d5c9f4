import { ModelFormatError } from '../modelFormatError.js';

const reserved = new Set(['__proto__', 'constructor', 'prototype']);

/** Keras's name of an option in camelCase: `kernel_size` becomes `kernelSize`; camelCase names stay as they are. */
export function camelCase(key: string): string {
  return key.replace(/(?<=[A-Za-z0-9])_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The inverse of `camelCase`: `kernelSize` becomes `kernel_size`. */
export function snakeCase(key: string): string {
  return key.replace(/(?<=[A-Za-z0-9])([A-Z])/g, (_, letter: string) => `_${letter.toLowerCase()}`);
}

/**
 * A new object with keys and values replaced.
 * @throws {ModelFormatError} for a key that could reach a prototype, or two keys that become the same.
 */
export function mapObject(
  file: string,
  object: Readonly<Record<string, unknown>>,
  rename: (key: string) => string,
  replace: (value: unknown, key: string) => unknown,
): Record<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const [key, value] of Object.entries(object)) {
    const name = rename(key);
    if (reserved.has(key) || reserved.has(name) || entries.has(name)) {
      throw new ModelFormatError(file, {
        expected: 'options with names of their own',
        received: `'${key}'`,
        remedy: entries.has(name)
          ? 'The same option is given twice.'
          : 'No layer has such an option; the file is hostile.',
      });
    }
    entries.set(name, replace(value, name));
  }
  return Object.fromEntries(entries);
}
