import type { SaveDestination, SaveResult } from '../layers/index.js';
import { ArgumentError, formatValue } from '../tensor/index.js';
import { isNode } from './environment.js';

/**
 * Brings a file to where it is wanted.
 * @param name what it is called where the destination says no name.
 */
export async function deliverFile(name: string, bytes: Uint8Array, destination: SaveDestination): Promise<SaveResult> {
  const sizes = { [name]: bytes.length };
  if (destination === 'memory') return { sizes, files: { [name]: bytes } };
  if (typeof destination === 'object') {
    await destination.save({ [name]: bytes });
    return { sizes, files: {} };
  }
  if (isNode()) {
    const { writeFile } = await import('./files/writeFile.js');
    await writeFile(destination, bytes);
  } else {
    const { offerFile } = await import('./files/offerFile.js');
    offerFile(destination, bytes);
  }
  return { sizes: { [destination]: bytes.length }, files: {} };
}

/** A destination that nothing can be written to. */
export function formatError(operation: string, expected: string, received: unknown, example: string): ArgumentError {
  return new ArgumentError({
    operation,
    expected: `${expected}, 'memory', or an object with a method save(files)`,
    received: formatValue(received),
    remedy: `For example: await model.${operation}('${example}').`,
  });
}
