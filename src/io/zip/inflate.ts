import { Inflate, Unzlib } from 'fflate';

const step = 2 ** 12;

/**
 * Undoes deflate, into at most `size` bytes: input is given in small pieces, so that what a bomb wants is noticed before
 * it is allocated.
 * @param fail makes the error for input that is damaged, or of which more comes out.
 */
export function inflateInto(
  input: Uint8Array,
  size: number,
  wrapping: 'raw' | 'zlib',
  fail: (expected: string, received: string) => Error,
): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(size);
  let filled = 0;
  let overflown = false;
  const take = (chunk: Uint8Array): void => {
    overflown ||= filled + chunk.length > size;
    if (!overflown) output.set(chunk, filled);
    filled += chunk.length;
  };
  const stream = wrapping === 'raw' ? new Inflate(take) : new Unzlib(take);
  for (let at = 0; at < input.length && !overflown; at += step) {
    try {
      stream.push(input.subarray(at, at + step), at + step >= input.length);
    } catch (error) {
      throw fail('compressed data', error instanceof Error ? error.message : String(error));
    }
  }
  if (overflown) throw fail(`at most ${size} bytes once it is unpacked`, 'more');
  return filled === size ? output : output.slice(0, filled);
}
