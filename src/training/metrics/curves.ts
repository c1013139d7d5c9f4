import {
  add,
  div,
  greater,
  log,
  logicalAnd,
  maximum,
  minimum,
  mul,
  slice,
  sub,
  sum,
  type Tensor,
  where,
} from '../../tensor/index.js';
import { divideNoNan } from '../losses/divideNoNan.js';
import type { ConfusionCounts } from './confusion.js';

/** How heights of a curve between two thresholds are taken from those at them. */
export type SummationMethod = 'interpolation' | 'majoring' | 'minoring';

/** Area under the curve of true positive rate over false positive rate (receiver operating characteristic). */
export function rocArea(counts: ConfusionCounts, method: SummationMethod): Tensor {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = counts;
  const recall = divideNoNan(truePositives, add(truePositives, falseNegatives));
  const fallOut = divideNoNan(falsePositives, add(falsePositives, trueNegatives));
  return riemannSum(fallOut, recall, method);
}

/** Area under the curve of precision over recall. */
export function precisionRecallArea(counts: ConfusionCounts, method: SummationMethod): Tensor {
  if (method === 'interpolation') return interpolatedPrecisionRecallArea(counts);
  const { truePositives, falsePositives, falseNegatives } = counts;
  const recall = divideNoNan(truePositives, add(truePositives, falseNegatives));
  const precision = divideNoNan(truePositives, add(truePositives, falsePositives));
  return riemannSum(recall, precision, method);
}

/** Sum of widths times heights; thresholds rise, so that `x` falls. */
function riemannSum(x: Tensor, y: Tensor, method: SummationMethod): Tensor {
  const [left, right] = [before(y), after(y)];
  const heights =
    method === 'interpolation'
      ? div(add(left, right), 2)
      : method === 'minoring'
        ? minimum(left, right)
        : maximum(left, right);
  return sum(mul(sub(before(x), after(x)), heights));
}

/**
 * Between two thresholds true positives are taken to be a linear function of all positives `p`, and precision is
 * integrated over recall exactly: `slope (dTP + intercept log(p' / p)) / labels` (Davis and Goadrich, 2006).
 */
function interpolatedPrecisionRecallArea({ truePositives, falsePositives, falseNegatives }: ConfusionCounts): Tensor {
  const positives = add(truePositives, falsePositives);
  const [high, low] = [before(positives), after(positives)];
  const gained = sub(before(truePositives), after(truePositives));
  const slope = divideNoNan(gained, maximum(sub(high, low), 0));
  const intercept = sub(after(truePositives), mul(slope, low));
  const bothFound = logicalAnd(greater(high, 0), greater(low, 0));
  const ratio = where(bothFound, divideNoNan(high, maximum(low, 0)), 1);
  const labels = after(add(truePositives, falseNegatives));
  return sum(divideNoNan(mul(slope, add(gained, mul(intercept, log(ratio)))), maximum(labels, 0)));
}

/** All but the last. */
function before(x: Tensor): Tensor {
  return slice(x, [0], [x.size - 1]);
}

/** All but the first. */
function after(x: Tensor): Tensor {
  return slice(x, [1], [x.size - 1]);
}
