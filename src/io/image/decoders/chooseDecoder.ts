import { checkChoiceOption } from '../../../tensor/index.js';
import { isNode } from '../../environment.js';
import { MissingDependencyError } from '../../missingDependencyError.js';
import type { Decoder } from './decoder.js';

const choices = ['auto', 'sharp', 'javascript', 'platform'] as const;

/**
 * What decodes pictures: the package `sharp`, libraries in JavaScript and WebAssembly that need nothing native, or the
 * page. `'auto'` takes the page's in a page; in Node it takes `sharp` if that is installed, and otherwise JavaScript.
 */
export type DecoderChoice = (typeof choices)[number];

/**
 * @throws {ArgumentError} if there is no such choice.
 * @throws {MissingDependencyError} if `sharp` is wanted and not installed.
 */
export async function chooseDecoder(operation: string, choice: DecoderChoice = 'auto'): Promise<Decoder> {
  checkChoiceOption(operation, 'decoder', choice, choices);
  if (choice === 'javascript') return (await import('./javascriptDecoder.js')).javascriptDecoder;
  if (choice === 'platform' || (choice === 'auto' && !isNode())) {
    return (await import('./platformDecoder.js')).platformDecoder;
  }
  try {
    return await (await import('./sharpDecoder.js')).sharpDecoder();
  } catch (error) {
    if (choice === 'sharp') throw new MissingDependencyError(operation, 'sharp', { cause: error });
    return (await import('./javascriptDecoder.js')).javascriptDecoder;
  }
}
