import { Unzlib } from 'fflate';
import { ReadRefusal } from './readRefusal.js';

const step = 2 ** 12;

/**
 * Undoes zlib's compression, into at most `size` bytes: input is given in small pieces, so that what a bomb wants is
 * noticed before it is allocated.
 * @throws {ReadRefusal} if the input is damaged, or more comes out.
 */
export function inflate(input: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(size);
  let filled = 0;
  let overflown = false;
  const stream = new Unzlib((chunk) => {
    overflown ||= filled + chunk.length > size;
    if (!overflown) output.set(chunk, filled);
    filled += chunk.length;
  });
  for (let at = 0; at < input.length && !overflown; at += step) {
    try {
      stream.push(input.subarray(at, at + step), at + step >= input.length);
    } catch (error) {
      throw new ReadRefusal('compressed data', error instanceof Error ? error.message : String(error));
    }
  }
  if (overflown) throw new ReadRefusal(`at most ${size} bytes once it is unpacked`, 'more');
  return filled === size ? output : output.slice(0, filled);
}
