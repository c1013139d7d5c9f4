import type { Picture } from '../picture.js';
import { codecOf } from './codec.js';
import { firstFrame } from './webpFrame.js';

const decode = codecOf(
  {
    path: '@jsquash/webp/codec/dec/webp_dec.wasm',
    start: async (options) => {
      const { default: run, init } = await import('@jsquash/webp/decode.js');
      await init(options);
      return (bytes) => run(bytes);
    },
  },
  (_, hasFailed) => (hasFailed ? 'a damaged WebP' : null),
);

/** A WebP, or the first frame of one that moves. What it does not cover is black. @throws if it is damaged. */
export async function decodeWebp(bytes: Uint8Array): Promise<Picture> {
  const frame = firstFrame(bytes);
  if (frame === null) return decode(bytes);
  const { width, height, left, top } = frame;
  const inner = await decode(frame.file);
  const data = new Uint8Array(width * height * 3);
  const rows = Math.min(inner.height, height - top);
  const columns = Math.min(inner.width, width - left);
  for (let row = 0; row < rows; row++) {
    const from = row * inner.width * 3;
    data.set(inner.data.subarray(from, from + columns * 3), ((top + row) * width + left) * 3);
  }
  return { width, height, data };
}
