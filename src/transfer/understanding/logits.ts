import type { Tensor } from '../../tensor/index.js';

/** What softmax or sigmoid was applied to, if that is what a tensor is; otherwise the tensor itself. */
export function logitsOf(output: Tensor): Tensor {
  if (output.op === 'sigmoid') return output.inputs[0] as Tensor;
  return softmaxInput(output) ?? output;
}

/** `x` of `exp(x - max(x)) / sum(exp(x - max(x)))`. */
function softmaxInput({ op, inputs: [powers, total] }: Tensor): Tensor | null {
  if (op !== 'div' || powers?.op !== 'exp' || total?.op !== 'sum' || total.inputs[0] !== powers) return null;
  const [shifted] = powers.inputs;
  const [x, largest] = shifted?.inputs ?? [];
  return shifted?.op === 'sub' && largest?.op === 'max' && x !== undefined && largest.inputs[0] === x ? x : null;
}
