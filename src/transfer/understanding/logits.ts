import { reshape, type Tensor } from '../../tensor/index.js';

/**
 * What softmax or sigmoid was applied to, if that is what a tensor is, or was before it got its shape; otherwise the tensor
 * itself. MobileNet's classes, for example, are channels of a picture of one pixel up to the end.
 */
export function logitsOf(output: Tensor): Tensor {
  const [given] = output.inputs;
  if (output.op === 'sigmoid') return given as Tensor;
  if (output.op === 'reshape' && given !== undefined && given.shape.at(-1) === output.shape.at(-1)) {
    const logits = logitsOf(given);
    return logits === given ? output : reshape(logits, output.shape);
  }
  return softmaxInput(output) ?? output;
}

/** `x` of `exp(x - max(x)) / sum(exp(x - max(x)))`. */
function softmaxInput({ op, inputs: [powers, total] }: Tensor): Tensor | null {
  if (op !== 'div' || powers?.op !== 'exp' || total?.op !== 'sum' || total.inputs[0] !== powers) return null;
  const [shifted] = powers.inputs;
  const [x, largest] = shifted?.inputs ?? [];
  return shifted?.op === 'sub' && largest?.op === 'max' && x !== undefined && largest.inputs[0] === x ? x : null;
}
