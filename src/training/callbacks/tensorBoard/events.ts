import { bytesField, concat, doubleField, integerField } from './protobuf.js';
import { record } from './record.js';

// Field numbers are those of event.proto, summary.proto and tensor.proto of TensorFlow.
const float = 1;
const double = 2;
const scalarClass = 1;
const tensorClass = 2;

/** What is to be shown: a tag and its value. */
export type Summary = Uint8Array;

/** The first record of a file. @param seconds since 1970 */
export function fileHeader(seconds: number): Uint8Array {
  return record(concat([doubleField(1, seconds), bytesField(3, 'brain.Event:2')]));
}

/** One record: what was measured at a step. */
export function event(seconds: number, step: number, summaries: readonly Summary[]): Uint8Array {
  const values = summaries.map((summary) => bytesField(1, summary));
  return record(concat([doubleField(1, seconds), integerField(2, step), bytesField(5, ...values)]));
}

export function scalarSummary(tag: string, value: number): Summary {
  const content = new Uint8Array(Float32Array.of(value).buffer);
  return summary(tag, 'scalars', scalarClass, [float, [], content]);
}

/** How many numbers lie between the edges of 30 buckets of the same width. */
export function histogramSummary(tag: string, values: ArrayLike<number>): Summary {
  const buckets = histogram(values);
  return summary(tag, 'histograms', tensorClass, [
    double,
    [buckets.length / 3, 3],
    new Uint8Array(buckets.buffer as ArrayBuffer),
  ]);
}

const bucketCount = 30;

/** Left edge, right edge and count of each bucket. Numbers that are all the same lie in one, around them. */
export function histogram(values: ArrayLike<number>): Float64Array {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i] as number);
    high = Math.max(high, values[i] as number);
  }
  if (values.length === 0) return new Float64Array(0);
  if (low === high) return Float64Array.of(low - 0.5, low + 0.5, values.length);
  const width = (high - low) / bucketCount;
  const rows = new Float64Array(bucketCount * 3);
  for (let i = 0; i < bucketCount; i++) {
    rows[i * 3] = low + i * width;
    rows[i * 3 + 1] = i === bucketCount - 1 ? high : low + (i + 1) * width;
  }
  for (let i = 0; i < values.length; i++) {
    const bucket = Math.min(bucketCount - 1, Math.floor(((values[i] as number) - low) / width));
    rows[bucket * 3 + 2] = (rows[bucket * 3 + 2] as number) + 1;
  }
  return rows;
}

type TensorParts = readonly [dtype: number, shape: readonly number[], content: Uint8Array];

function summary(tag: string, plugin: string, dataClass: number, [dtype, shape, content]: TensorParts): Summary {
  const dimensions = shape.map((size) => bytesField(2, integerField(1, size)));
  return concat([
    bytesField(1, tag),
    bytesField(8, integerField(1, dtype), bytesField(2, ...dimensions), bytesField(4, content)),
    bytesField(9, bytesField(1, bytesField(1, plugin)), integerField(4, dataClass)),
  ]);
}
