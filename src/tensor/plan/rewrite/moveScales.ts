import { apply, mul, type PrimitiveName, type PrimitiveParams } from '../../ops/index.js';
import { type Tensor, withOrigin } from '../../tensor.js';
import { asColumn, asRow, type ChannelPair, channelPairs, scaledFilter } from './channels.js';
import { Readers } from './readers.js';
import { rebuild, withInputs } from './rebuild.js';
import type { Rewrite } from './rewrite.js';

/**
 * In a backward pass, multiplies filters instead of images. What a scaled gradient is used for is linear in it:
 *
 *     filterGradient(x, dy * s) = filterGradient(x, dy) * s
 *     inputGradient(dy * s, W) = inputGradient(dy, W * s)
 *     sum(dy * s) = sum(dy) * s
 *
 * It happens if everything that reads `dy * s` can do without it.
 */
export const moveScales: Rewrite = {
  name: 'moveScales',
  apply: (roots) => {
    const readers = new Readers(roots);
    const removed = new Set<Tensor>();
    for (const node of readers.order) {
      const [pair] = node.op === 'mul' && node.storage === null ? channelPairs(node) : [];
      const found = readers.of(node) ?? [];
      if (
        pair !== undefined &&
        found.length > 0 &&
        found.every((reader) => withoutScale(reader, node, pair) !== null)
      ) {
        removed.add(node);
      }
    }
    if (removed.size === 0) return { roots, note: null };
    const rewritten = rebuild(roots, (node, inputs) => {
      const at = node.inputs.findIndex((input) => removed.has(input));
      const fresh = withInputs(node, inputs);
      const product = fresh.inputs[at];
      if (product === undefined) return fresh;
      const [pair] = channelPairs(product);
      return withOrigin(node.origin, () => withoutScale(fresh, product, pair as ChannelPair)) ?? fresh;
    });
    return { roots: rewritten, note: `${removed.size} scales moved to where they are small` };
  },
};

/** What `node` computes of `product = x * vector`, computed of `x`; `null` if that is impossible or costs more. */
function withoutScale(node: Tensor, product: Tensor, { x, vector }: ChannelPair): Tensor | null {
  const [first, second] = node.inputs as readonly [Tensor, Tensor];
  switch (node.op) {
    case 'conv2dFilterGradient':
    case 'depthwiseConv2dFilterGradient':
      return second === product && first !== product ? scaledFilter(node.op, again(node, first, x), vector) : null;
    case 'conv2dInputGradient':
    case 'depthwiseConv2dInputGradient':
      // The scaled filter is that of the forward pass.
      return first === product && second !== product
        ? again(
            node,
            x,
            withOrigin(node.origin.replace('∇', ''), () => scaledFilter(node.op, second, vector)),
          )
        : null;
    case 'matmul':
      return matmulWithoutScale(node, product, { x, vector });
    case 'sum': {
      const { axes } = node.params as PrimitiveParams['sum'];
      return axes.includes(x.rank - 1) ? null : mul(again(node, x), asRow(vector));
    }
    default:
      return null;
  }
}

/** Scaled columns of one operand are scaled rows of the other, or scaled rows or columns of the product. */
function matmulWithoutScale(node: Tensor, product: Tensor, { x, vector }: ChannelPair): Tensor | null {
  const { transposeA, transposeB } = node.params as PrimitiveParams['matmul'];
  const [a, b] = node.inputs as readonly [Tensor, Tensor];
  if (a === b) return null;
  const isInner = a === product ? !transposeA : transposeB;
  const scaled = !isInner ? node : a === product ? b : a;
  if (scaled.size > product.size) return null;
  if (a === product) {
    if (!isInner) return mul(again(node, x, b), asColumn(vector));
    return again(node, x, mul(b, transposeB ? asRow(vector) : asColumn(vector)));
  }
  if (!isInner) return mul(again(node, a, x), asRow(vector));
  return again(node, mul(a, transposeA ? asColumn(vector) : asRow(vector)), x);
}

/** The operation of `node` on other inputs. */
function again(node: Tensor, ...inputs: readonly Tensor[]): Tensor {
  return apply(node.op as PrimitiveName, inputs, node.params as never);
}
