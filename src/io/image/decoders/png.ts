import type { DecodedPng } from 'fast-png';
import type { Picture } from '../picture.js';

/**
 * A PNG as it is stored. Of 16 bits the upper 8 count; alpha is dropped.
 * @throws if it is damaged.
 */
export async function decodePng(bytes: Uint8Array): Promise<Picture> {
  const { decode } = await import('fast-png');
  const { width, height, depth, channels, palette, data } = decode(bytes, { checkCrc: true });
  const expected = height * Math.ceil((width * channels * depth) / 8) * (depth === 16 ? 8 / 16 : 1);
  if (data.length < Math.floor(expected)) throw new Error('a PNG that ends before its last row');
  const values = depth < 8 ? unpack(data, width * channels, height, depth) : data;
  const colours = new Uint8Array(width * height * 3);
  const toByte = scaleOf(depth, palette !== undefined);
  for (let pixel = 0, to = 0; to < colours.length; pixel++) {
    const entry = palette?.[values[pixel] as number];
    if (palette !== undefined && entry === undefined) throw new Error('a colour that is not in the palette');
    for (let c = 0; c < 3; c++) {
      const value = entry?.[c] ?? values[pixel * channels + (channels < 3 ? 0 : c)];
      colours[to++] = toByte(value as number);
    }
  }
  return { width, height, data: colours };
}

/** From the range of a sample to 0 to 255. */
function scaleOf(depth: DecodedPng['depth'], isIndexed: boolean): (value: number) => number {
  if (depth === 16) return (value) => value >> 8;
  if (depth === 8 || isIndexed) return (value) => value;
  const scale = 255 / (2 ** depth - 1);
  return (value) => value * scale;
}

/** Samples of less than a byte, each in one of its own. Rows begin with a byte. */
function unpack(data: DecodedPng['data'], perRow: number, rows: number, depth: number): Uint8Array {
  const rowBytes = Math.ceil((perRow * depth) / 8);
  const mask = 2 ** depth - 1;
  const values = new Uint8Array(perRow * rows);
  for (let row = 0, to = 0; row < rows; row++) {
    for (let i = 0; i < perRow; i++) {
      const bit = i * depth;
      const byte = data[row * rowBytes + (bit >> 3)] as number;
      values[to++] = (byte >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return values;
}
