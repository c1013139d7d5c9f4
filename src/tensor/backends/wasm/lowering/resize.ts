import { bytesPerElement } from '../../../dtype.js';
import { linearSamples, nearestSamples } from '../../../ops/sampling.js';
import type { Shape } from '../../../shape.js';
import { dtypeCode } from './dtypeCode.js';
import { floatBits } from './floatBits.js';
import type { Finish, LoweringContext, Lowerings, StepOf } from './lowering.js';

type Resizing = StepOf<'resizeBilinear' | 'resizeNearest'>;
type ResizingGradient = StepOf<'resizeBilinearGradient' | 'resizeNearestGradient'>;

/** What the instructions of all resizings have in common; `images` is the shape of what is resized, or its gradient. */
function sizesOf(images: Shape, [outputHeight, outputWidth]: Resizing['params']['size']) {
  const [batch, height, width, channels] = images as readonly [number, number, number, number];
  return { batch, channels, sizes: { height, width, outputHeight, outputWidth } };
}

/** Source coordinates of rows or columns: between which two each lies, and how far it is from the first. */
function linearTail(input: number, output: number, params: Resizing['params']): readonly number[] {
  const { lower, upper, weight } = linearSamples(input, output, params);
  return Array.from(lower, (low, i) => [low, upper[i] as number, floatBits(weight[i] as number)]).flat();
}

/** A row (or column) of a result that looks at a row of an image, and how much of it it takes. */
interface Sample {
  readonly source: number;
  readonly index: number;
  readonly weight: number;
}

function samplesOf({ op, params }: ResizingGradient, input: number, output: number): readonly Sample[] {
  if (op === 'resizeNearestGradient') {
    return Array.from(nearestSamples(input, output, params), (source, index) => ({ source, index, weight: 1 }));
  }
  const { lower, upper, weight } = linearSamples(input, output, params);
  return Array.from(weight, (share, index): readonly Sample[] => [
    { source: lower[index] as number, index, weight: 1 - share },
    { source: upper[index] as number, index, weight: share },
  ]).flat();
}

/** The samples of each of `input` rows (or columns): where those of each begin, and themselves, as words. */
function gradientTail(step: ResizingGradient, input: number, output: number) {
  const samples: readonly Sample[][] = Array.from({ length: input }, () => []);
  for (const sample of samplesOf(step, input, output)) samples[sample.source]?.push(sample);
  const starts = [0];
  for (const { length } of samples) starts.push((starts.at(-1) as number) + length);
  return { starts, words: samples.flat().flatMap(({ index, weight }) => [index, ...doubleBits(weight)]) };
}

/** The bits of a number in two 32-bit words. */
function doubleBits(value: number): Int32Array {
  return new Int32Array(Float64Array.of(value).buffer);
}

function lowerGradient(step: ResizingGradient, { builder, value, pointer }: LoweringContext, { output }: Finish): void {
  const [dy] = step.inputs as readonly [number];
  const { shape, dtype } = value(output);
  const { batch, channels, sizes } = sizesOf(shape, step.params.size);
  const rows = gradientTail(step, sizes.height, sizes.outputHeight);
  const columns = gradientTail(step, sizes.width, sizes.outputWidth);
  builder.emit(
    'resizeGradient',
    { units: batch * sizes.height },
    { to: pointer(output), from: pointer(dy), dtype: dtypeCode[dtype], channels, ...sizes },
    [...rows.starts, ...columns.starts, ...rows.words, ...columns.words],
  );
}

export const resizeLowerings = {
  resizeBilinear: ({ params, inputs }, { builder, value, pointer }, { output }) => {
    const [x] = inputs as readonly [number];
    const { shape, dtype } = value(x);
    const { batch, channels, sizes } = sizesOf(shape, params.size);
    const tail = [
      ...linearTail(sizes.height, sizes.outputHeight, params),
      ...linearTail(sizes.width, sizes.outputWidth, params),
    ];
    const fields = { to: pointer(output), from: pointer(x), dtype: dtypeCode[dtype], channels, ...sizes };
    builder.emit('resizeBilinear', { units: batch * sizes.outputHeight }, fields, tail);
  },

  resizeNearest: ({ params, inputs }, { builder, value, pointer }, { output }) => {
    const [x] = inputs as readonly [number];
    const { shape, dtype } = value(x);
    const { batch, channels, sizes } = sizesOf(shape, params.size);
    const tail = [
      ...nearestSamples(sizes.height, sizes.outputHeight, params),
      ...nearestSamples(sizes.width, sizes.outputWidth, params),
    ];
    const fields = { to: pointer(output), from: pointer(x), pixelBytes: channels * bytesPerElement(dtype), ...sizes };
    builder.emit('resizeNearest', { units: batch * sizes.outputHeight }, fields, tail);
  },

  resizeBilinearGradient: lowerGradient,
  resizeNearestGradient: lowerGradient,
} satisfies Lowerings;
