import { apply, type PadPair, type PrimitiveName, type PrimitiveParams } from '../../ops/index.js';
import { type Tensor, withOrigin } from '../../tensor.js';
import { Readers } from './readers.js';
import { rebuild, withInputs } from './rebuild.js';
import type { Rewrite } from './rewrite.js';

type Padding = PrimitiveParams['conv2d']['padding'];

/**
 * Lets convolutions pad their input themselves: `conv(pad(x, p), W) = conv(x, W, padding + p)` for a padding of zeros,
 * likewise for the filter's gradient, and for the input's, of which only the middle is kept then. Padded pictures need
 * not be made, and not be kept for the backward pass. It happens if only convolutions read them.
 */
export const foldPadding: Rewrite = {
  name: 'foldPadding',
  apply: (roots) => {
    const readers = new Readers(roots);
    const removed = new Set<Tensor>();
    for (const node of readers.order) {
      const found = readers.of(node) ?? [];
      if (isBorder(node) && found.every((reader) => padsItself(reader, node))) removed.add(node);
      if (isMiddle(node) && readers.isOnlyFor(node.inputs[0] as Tensor)) removed.add(node);
    }
    if (removed.size === 0) return { roots, note: null };
    const rewritten = rebuild(roots, (node, inputs) => {
      const [input] = node.inputs;
      const [now, second] = inputs as readonly [Tensor, Tensor];
      if (removed.has(node) && node.op === 'slice') return withOrigin(node.origin, () => middleOf(node, now));
      if (input === undefined || !removed.has(input) || input.op !== 'pad') return withInputs(node, inputs);
      const { padding } = input.params as PrimitiveParams['pad'];
      return withOrigin(node.origin, () =>
        apply(node.op as PrimitiveName, [now.inputs[0] as Tensor, second], widened(node, padding) as never),
      );
    });
    return { roots: rewritten, note: `${removed.size} paddings left to convolutions` };
  },
};

/** Zeros around rows and columns only. */
function isBorder({ op, params, rank, storage }: Tensor): boolean {
  if (op !== 'pad' || storage !== null || rank !== 4) return false;
  const { padding, value } = params as PrimitiveParams['pad'];
  return value === 0 && [padding[0], padding[3]].every((pair) => pair?.[0] === 0 && pair[1] === 0);
}

function padsItself({ op, inputs }: Tensor, padded: Tensor): boolean {
  const first = inputs[0] === padded && inputs[1] !== padded;
  return first && /^(conv2d|depthwiseConv2d)(FilterGradient)?$/.test(op);
}

/** Some rows and columns of the gradient of a convolution's input. */
function isMiddle({ op, inputs, shape, storage }: Tensor): boolean {
  const [whole] = inputs;
  if (op !== 'slice' || storage !== null || whole === undefined) return false;
  const isGradient = whole.op === 'conv2dInputGradient' || whole.op === 'depthwiseConv2dInputGradient';
  return isGradient && whole.storage === null && whole.shape[0] === shape[0] && whole.shape[3] === shape[3];
}

function middleOf({ params, shape }: Tensor, whole: Tensor): Tensor {
  const { begin, size } = params as PrimitiveParams['slice'];
  const cut = whole.shape.map((full, axis): PadPair => {
    const before = begin[axis] as number;
    return [before, full - before - (size[axis] as number)];
  });
  const wide = { ...widened(whole, cut), inputShape: shape };
  return apply(whole.op as PrimitiveName, whole.inputs, wide as never);
}

/** The params of a convolution with more padding. */
function widened({ params }: Tensor, more: readonly PadPair[]): { readonly padding: Padding } {
  const { padding } = params as { readonly padding: Padding };
  const both = ([a, b]: PadPair, [c, d]: PadPair): PadPair => [a + c, b + d];
  const [, rows, columns] = more as readonly [PadPair, PadPair, PadPair];
  return { ...(params as object), padding: [both(padding[0], rows), both(padding[1], columns)] };
}
