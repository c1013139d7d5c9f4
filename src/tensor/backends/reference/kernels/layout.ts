import { stridesOf } from '../../../shape.js';
import { broadcastStrides } from '../../../strides.js';
import type { Block, Kernel } from '../block.js';
import { copyRegion, type Region } from './region.js';

// Primitives that move numbers without computing any: each says which region of one array becomes which of another.

function whole({ data, shape }: Block): Region {
  return { data, start: 0, strides: stridesOf(shape) };
}

/** The part of `block` whose first element has the given position. */
function startingAt(block: Block, position: readonly number[]): Region {
  const strides = stridesOf(block.shape);
  const start = position.reduce((sum, index, axis) => sum + index * (strides[axis] as number), 0);
  return { data: block.data, start, strides };
}

export const reshape: Kernel<'reshape'> = (output, inputs) => {
  const [x] = inputs as readonly [Block];
  output.data.set(x.data);
};

export const transpose: Kernel<'transpose'> = (output, inputs, { permutation }) => {
  const [x] = inputs as readonly [Block];
  const strides = stridesOf(x.shape);
  const from = { data: x.data, start: 0, strides: permutation.map((axis) => strides[axis] as number) };
  copyRegion(output.shape, whole(output), from);
};

export const broadcastTo: Kernel<'broadcastTo'> = (output, inputs) => {
  const [x] = inputs as readonly [Block];
  copyRegion(output.shape, whole(output), {
    data: x.data,
    start: 0,
    strides: broadcastStrides(x.shape, output.shape),
  });
};

export const pad: Kernel<'pad'> = (output, inputs, { padding, value }) => {
  const [x] = inputs as readonly [Block];
  output.data.fill(value);
  const before = padding.map((pair) => pair[0]);
  copyRegion(x.shape, startingAt(output, before), whole(x));
};

export const slice: Kernel<'slice'> = (output, inputs, { begin }) => {
  const [x] = inputs as readonly [Block];
  copyRegion(output.shape, whole(output), startingAt(x, begin));
};

export const concat: Kernel<'concat'> = (output, inputs, { axis }) => {
  const position = output.shape.map(() => 0);
  for (const x of inputs) {
    copyRegion(x.shape, startingAt(output, position), whole(x));
    position[axis] = (position[axis] as number) + (x.shape[axis] as number);
  }
};
