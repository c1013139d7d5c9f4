import { bytesPerElement } from '../../../dtype.js';
import type { Value } from '../../../plan/index.js';
import { sizeOf, stridesOf } from '../../../shape.js';
import { broadcastStrides } from '../../../strides.js';
import { emitFill } from './fill.js';
import type { Lowerings } from './lowering.js';
import { moved, type Pointer } from './pointer.js';
import { emitRegion, type Region } from './region.js';

/** The part of an array whose first element has the given position. */
function startingAt({ shape, dtype }: Value, pointer: Pointer, position: readonly number[]): Region {
  const strides = stridesOf(shape);
  const start = position.reduce((sum, index, axis) => sum + index * (strides[axis] as number), 0);
  return { start: moved(pointer, start * bytesPerElement(dtype)), strides };
}

/** Primitives that move numbers without computing any: each says which region of one array becomes which of another. */
export const layoutLowerings = {
  transpose: ({ params: { permutation }, inputs }, { builder, value, pointer }, { output }) => {
    const [x] = inputs as readonly [number];
    const y = value(output);
    const strides = stridesOf(value(x).shape);
    const from = { start: pointer(x), strides: permutation.map((axis) => strides[axis] as number) };
    emitRegion(builder, y.shape, y.dtype, startingAt(y, pointer(output), []), from);
  },

  broadcastTo: ({ inputs }, { builder, value, pointer }, { output }) => {
    const [x] = inputs as readonly [number];
    const y = value(output);
    const from = { start: pointer(x), strides: broadcastStrides(value(x).shape, y.shape) };
    emitRegion(builder, y.shape, y.dtype, startingAt(y, pointer(output), []), from);
  },

  pad: ({ params: { padding, value: filler }, inputs }, { builder, value, pointer }, { output }) => {
    const [x] = inputs as readonly [number];
    const { shape, dtype } = value(x);
    const y = value(output);
    emitFill(builder, pointer(output), dtype, sizeOf(y.shape), filler);
    const inside = startingAt(
      y,
      pointer(output),
      padding.map(([before]) => before),
    );
    emitRegion(builder, shape, dtype, inside, startingAt(value(x), pointer(x), []));
  },

  slice: ({ params: { begin }, inputs }, { builder, value, pointer }, { output }) => {
    const [x] = inputs as readonly [number];
    const y = value(output);
    emitRegion(builder, y.shape, y.dtype, startingAt(y, pointer(output), []), startingAt(value(x), pointer(x), begin));
  },

  concat: ({ params: { axis }, inputs }, { builder, value, pointer }, { output }) => {
    const y = value(output);
    const position = y.shape.map(() => 0);
    for (const x of inputs) {
      const { shape, dtype } = value(x);
      emitRegion(builder, shape, dtype, startingAt(y, pointer(output), position), startingAt(value(x), pointer(x), []));
      position[axis] = (position[axis] as number) + (shape[axis] as number);
    }
  },
} satisfies Lowerings;
