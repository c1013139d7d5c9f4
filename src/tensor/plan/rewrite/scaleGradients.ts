import { add, mul, type PrimitiveParams, reshape, sum } from '../../ops/index.js';
import { sameShape } from '../../shape.js';
import { type Tensor, withOrigin } from '../../tensor.js';
import { asRow, channelPairs } from './channels.js';
import { identityOf } from './deduplicate.js';
import { filterGradient, isProducer, sumOfFilter } from './producers.js';
import { nodesBelow, rebuild, withInputs } from './rebuild.js';
import type { Rewrite } from './rewrite.js';

/**
 * Makes the gradient of a scale from the gradient of a filter. With `z = conv(x, W)`, whose channels are scaled
 * afterwards,
 *
 *     sum over n, h, w of dy z = sum over h, w, in of W dW,  where dW = filterGradient(x, dy)
 *
 * as both are what the loss gains when a channel's filters grow by a factor. Where `dW` is needed anyway, `z` need not
 * be kept for the backward pass. A bias in between is taken apart: `sum(dy (z + b)) = sum(dy z) + b sum(dy)`.
 */
export const scaleGradients: Rewrite = {
  name: 'scaleGradients',
  apply: (roots) => {
    const known = new Set(nodesBelow(roots).filter(mayBeFilterGradient).map(identityOf));
    let count = 0;
    const rewritten = rebuild(roots, (node, inputs) => {
      const fresh = withInputs(node, inputs);
      const place = node.storage === null ? producerPlace(node, known) : -1;
      if (place === -1) return fresh;
      count++;
      const factors = (fresh.inputs[0] as Tensor).inputs;
      const [z, dy] = [factors[place], factors[1 - place]] as [Tensor, Tensor];
      return withOrigin(node.origin, () => reshape(sumOfProducts(z, dy), node.shape));
    });
    return { roots: rewritten, note: count > 0 ? `${count} gradients of scales made from those of filters` : null };
  },
};

const mayBeFilterGradient = ({ op }: Tensor): boolean => op.endsWith('FilterGradient') || op === 'matmul';

/** Which factor of a sum of products over all but the channels is made by a producer whose `dW` is known; or -1. */
function producerPlace(node: Tensor, known: ReadonlySet<string | null>): number {
  const [product] = node.inputs;
  if (node.op !== 'sum' || product?.op !== 'mul' || product.storage !== null) return -1;
  const { axes } = node.params as PrimitiveParams['sum'];
  const [a, b] = product.inputs as readonly [Tensor, Tensor];
  if (axes.length !== product.rank - 1 || axes.includes(product.rank - 1) || !sameShape(a.shape, b.shape)) return -1;
  return [a, b].findIndex((z, place) => {
    const producer = withoutBias(z);
    const dy = product.inputs[1 - place] as Tensor;
    // Matrices in batches have filters in batches, which are not added up.
    if (!isProducer(producer) || (producer.op === 'matmul' && producer.rank > 2)) return false;
    return known.has(identityOf(filterGradient(producer, dy)));
  });
}

function withoutBias(z: Tensor): Tensor {
  const [pair] = z.op === 'add' && z.storage === null ? channelPairs(z) : [];
  return pair?.x ?? z;
}

/** The sum of `dy z` over all but the channels. */
function sumOfProducts(z: Tensor, dy: Tensor): Tensor {
  if (isProducer(z)) return sumOfFilter(z, mul(z.inputs[1] as Tensor, filterGradient(z, dy)));
  const [{ x, vector }] = channelPairs(z) as [ReturnType<typeof channelPairs>[number]];
  const total = sum(dy, { axes: dy.shape.slice(0, -1).map((_, axis) => axis) });
  return add(sumOfProducts(x, dy), mul(asRow(vector), total));
}
