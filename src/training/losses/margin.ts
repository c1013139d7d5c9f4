import { cast, equal, logicalOr, maximum, min, mul, sub, type Tensor, where } from '../../tensor/index.js';

/** How far predictions are from the right side of the margin: `max(1 - y p, 0)` with labels -1 and 1. */
export function margin(yTrue: Tensor, yPred: Tensor): Tensor {
  return maximum(sub(1, mul(signedLabels(yTrue), yPred)), 0);
}

/** Labels 0 and 1 become -1 and 1; if there is any other label, all stay as they are. */
function signedLabels(yTrue: Tensor): Tensor {
  const isBit = logicalOr(equal(yTrue, 0), equal(yTrue, 1));
  const allBits = cast(min(cast(isBit, yTrue.dtype)), 'bool');
  return where(allBits, sub(mul(yTrue, 2), 1), yTrue);
}
