/** Between which two rows (or columns) of an image one of the result lies; `lowering/resize.ts` writes it. */
@unmanaged
export class LinearSample {
  lower: i32;
  upper: i32;
  /** How far it is from the first to the second. */
  weight: f32;
}

export const linearSampleBytes: usize = offsetof<LinearSample>();

// Seen from the image, a row (or column) has any number of samples: rows of the result that look at it. Where each row's
// samples begin, and where the last one's end, is said by one word each. A sample is 12 bytes: which row of the result it
// is, and its weight as a float64.

export const sampleBytes: usize = 12;

// @ts-ignore: decorator
@inline
export function sampleIndex(sample: usize): i32 {
  return load<i32>(sample);
}

// @ts-ignore: decorator
@inline
export function sampleWeight(sample: usize): f64 {
  return load<f64>(sample, 4);
}
