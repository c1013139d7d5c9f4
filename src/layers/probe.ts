import { type Tensor, trace } from '../tensor/index.js';
import type { SymbolicSpec } from './symbolicShape.js';

/**
 * Far enough apart that no stride maps both to the same size, large enough for a window to fit, and small enough for
 * pictures of unknown size with thousands of channels to stay within the largest tensor.
 */
const probes = [
  { batch: 2, other: 89 },
  { batch: 3, other: 191 },
] as const;

/**
 * Shapes and dtypes of what `compute` gives for symbolic inputs. It is traced twice, with two different numbers in place
 * of each unknown size: what differs in the results is unknown there.
 */
export function probeOutputs(
  name: string,
  compute: (inputs: readonly Tensor[]) => readonly Tensor[],
  inputs: readonly SymbolicSpec[],
): readonly SymbolicSpec[] {
  const [first, second] = probes.map(({ batch, other }) => {
    const sizes = inputs.map(({ shape, dtype }) => ({
      shape: shape.map((size, axis) => size ?? (axis === 0 ? batch : other)),
      dtype,
    }));
    return trace(name, (...tensors) => compute(tensors), sizes).outputs;
  }) as [readonly Tensor[], readonly Tensor[]];
  return first.map(({ shape, dtype }, i) => {
    const other = (second[i] as Tensor).shape;
    return { shape: shape.map((size, axis) => (size === other[axis] ? size : null)), dtype };
  });
}
