import { formatValue } from '../../tensor/index.js';
import { ModelFormatError } from '../modelFormatError.js';

/** An object of a JSON file. Keys come from the file: read them with care, and only own ones. */
export type JsonObject = Readonly<Record<string, unknown>>;

const maxBytes = 2 ** 28;
const maxDepth = 256;

/**
 * What JSON text says.
 * @param content text, bytes, or a value that was parsed already (which is checked for depth like the others).
 * @throws {ModelFormatError} if it is no JSON, too long, or nested too deeply.
 */
export function parseJson(file: string, content: unknown): unknown {
  if (!(typeof content === 'string' || content instanceof Uint8Array)) {
    checkValueDepth(file, content, 0);
    return content;
  }
  if (content.length > maxBytes) {
    throw new ModelFormatError(file, {
      expected: `at most ${maxBytes} bytes of JSON`,
      received: `${content.length}`,
      remedy: 'Weights belong in files of their own.',
    });
  }
  try {
    const text = typeof content === 'string' ? content : new TextDecoder('utf-8', { fatal: true }).decode(content);
    checkTextDepth(file, text);
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof ModelFormatError) throw error;
    throw new ModelFormatError(
      file,
      {
        expected: 'JSON',
        received: error instanceof Error ? error.message : 'something else',
        remedy: 'Is it the right file, and complete?',
      },
      { cause: error },
    );
  }
}

/** Before anything is built from the text, so that no parser runs out of stack. */
function checkTextDepth(file: string, text: string): void {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text.charCodeAt(i);
    if (quoted) {
      if (char === 0x5c) i++;
      else if (char === 0x22) quoted = false;
    } else if (char === 0x22) quoted = true;
    else if (char === 0x5b || char === 0x7b) {
      if (++depth > maxDepth) throw tooDeep(file);
    } else if (char === 0x5d || char === 0x7d) depth--;
  }
}

function checkValueDepth(file: string, value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth >= maxDepth) throw tooDeep(file);
  for (const item of Object.values(value)) checkValueDepth(file, item, depth + 1);
}

function tooDeep(file: string): ModelFormatError {
  return new ModelFormatError(file, {
    expected: `JSON nested at most ${maxDepth} deep`,
    received: 'more',
    remedy: 'No model is that deep; the file is damaged or hostile.',
  });
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object that `value` must be. @throws {ModelFormatError} */
export function asObject(file: string, what: string, value: unknown): JsonObject {
  if (isObject(value)) return value;
  throw unexpected(file, `${what} to be an object`, value);
}

/** The array that `value` must be. @throws {ModelFormatError} */
export function asArray(file: string, what: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value as readonly unknown[];
  throw unexpected(file, `${what} to be an array`, value);
}

/** The text that `value` must be. @throws {ModelFormatError} */
export function asString(file: string, what: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw unexpected(file, `${what} to be a string`, value);
}

/** The field of an object, or `undefined`; never one of the object's prototype. */
export function field(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

export function unexpected(file: string, expected: string, received: unknown): ModelFormatError {
  return new ModelFormatError(file, {
    expected,
    received: formatValue(received),
    remedy: 'The file is damaged, or of another format.',
  });
}
