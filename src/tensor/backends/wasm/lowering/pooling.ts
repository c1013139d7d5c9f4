import { bytesPerElement } from '../../../dtype.js';
import type { PoolParams } from '../../../ops/primitives.js';
import type { ValueId } from '../../../plan/index.js';
import type { Shape } from '../../../shape.js';
import { bytesOf, type LoweringContext, type Lowerings } from './lowering.js';
import { transposedWindowWords, windowWords } from './windows.js';

/** Blocks of four channels that one unit of `addToLargest` takes: a few lines of each pixel. */
const blocksAtOnce = 16;

export const poolingLowerings = {
  maxPool2d: ({ inputs: [x], params }, context, { output }) => {
    selectLargest(context, x as ValueId, x as ValueId, output, params, -Infinity);
  },

  maxPool2dSelect: ({ inputs: [x, g], params }, context, { output }) => {
    selectLargest(context, x as ValueId, g as ValueId, output, params, 0);
  },

  maxPool2dGradient: ({ inputs, params }, { builder, value, pointer }, { output }) => {
    const [x, dy] = inputs as readonly [ValueId, ValueId];
    const { shape: input, dtype } = value(x);
    const blocks = Math.ceil((channelsOf(input) * bytesPerElement(dtype)) / 16);
    const groups = Math.ceil(blocks / blocksAtOnce);
    builder.emit(
      'addToLargest',
      { units: (input[0] as number) * groups, grain: 1 },
      {
        ...{ to: pointer(output), from: pointer(x), dy: pointer(dy) },
        ...{ channels: channelsOf(input), elementBytes: bytesPerElement(dtype), groups, groupBlocks: blocksAtOnce },
      },
      windowWords({ input, output: value(dy).shape, window: params.poolSize, params }),
    );
  },

  avgPool2d: ({ inputs: [x], params }, { builder, value, pointer }, { output }) => {
    const { shape, dtype } = value(output);
    builder.emit(
      'sumWindows',
      { units: rowsOf(shape) },
      {
        ...{ to: pointer(output), from: pointer(x as ValueId), divides: 1 },
        ...{ channels: channelsOf(shape), elementBytes: bytesPerElement(dtype) },
      },
      windowWords({ input: value(x as ValueId).shape, output: shape, window: params.poolSize, params }),
    );
  },

  avgPool2dGradient: ({ inputs, params }, { builder, value, pointer }, { output: dx }) => {
    const dy = value(inputs[0] as ValueId);
    const geometry = { input: params.inputShape, output: dy.shape, window: params.poolSize, params };
    const common = { channels: channelsOf(dy.shape), elementBytes: bytesPerElement(dy.dtype) };
    const shares = builder.temporary(bytesOf(dy));
    builder.emit(
      'divideByTaps',
      { units: rowsOf(dy.shape) },
      { to: shares, from: pointer(dy.id), ...common },
      windowWords(geometry),
    );
    builder.emit(
      'sumWindows',
      { units: rowsOf(params.inputShape) },
      { to: pointer(dx), from: shares, divides: 0, ...common },
      transposedWindowWords(geometry),
    );
  },
} satisfies Lowerings;

function selectLargest(
  { builder, value, pointer }: LoweringContext,
  x: ValueId,
  values: ValueId,
  output: ValueId,
  params: PoolParams,
  empty: number,
): void {
  const { shape, dtype } = value(output);
  builder.emit(
    'selectLargest',
    { units: rowsOf(shape) },
    {
      ...{ to: pointer(output), from: pointer(x), values: pointer(values), empty },
      ...{ channels: channelsOf(shape), elementBytes: bytesPerElement(dtype) },
    },
    windowWords({ input: value(x).shape, output: shape, window: params.poolSize, params }),
  );
}

function channelsOf(shape: Shape): number {
  return shape[3] as number;
}

/** Rows of all images. */
function rowsOf(shape: Shape): number {
  return (shape[0] as number) * (shape[1] as number);
}
