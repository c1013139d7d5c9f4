import { type Tensor, trace } from '../tensor/index.js';
import type { SymbolicSpec } from './symbolicShape.js';

/** Numbers to put in place of a batch and of other sizes that are not known. */
interface Probe {
  readonly batch: number;
  readonly other: number;
}

/**
 * Far enough apart that no stride maps both to the same size. The first pair is large enough for wide windows; the second
 * is for maps of so many channels that those of the first pair would exceed the largest tensor.
 */
const pairs: readonly (readonly [Probe, Probe])[] = [
  [
    { batch: 2, other: 89 },
    { batch: 3, other: 191 },
  ],
  [
    { batch: 2, other: 31 },
    { batch: 3, other: 67 },
  ],
];

/**
 * Shapes and dtypes of what `compute` gives for symbolic inputs. It is traced twice, with two different numbers in place
 * of each unknown size: what differs in the results is unknown there.
 */
export function probeOutputs(
  name: string,
  compute: (inputs: readonly Tensor[]) => readonly Tensor[],
  inputs: readonly SymbolicSpec[],
): readonly SymbolicSpec[] {
  const [first, second] = traceBoth(name, compute, inputs);
  return first.map(({ shape, dtype }, i) => {
    const other = (second[i] as Tensor).shape;
    return { shape: shape.map((size, axis) => (size === other[axis] ? size : null)), dtype };
  });
}

function traceBoth(
  name: string,
  compute: (inputs: readonly Tensor[]) => readonly Tensor[],
  inputs: readonly SymbolicSpec[],
): readonly [readonly Tensor[], readonly Tensor[]] {
  const outputsWith = ({ batch, other }: Probe): readonly Tensor[] => {
    const sizes = inputs.map(({ shape, dtype }) => ({
      shape: shape.map((size, axis) => size ?? (axis === 0 ? batch : other)),
      dtype,
    }));
    return trace(name, (...tensors) => compute(tensors), sizes).outputs;
  };
  const refusals: unknown[] = [];
  for (const [first, second] of pairs) {
    try {
      return [outputsWith(first), outputsWith(second)];
    } catch (error) {
      refusals.push(error);
    }
  }
  throw refusals[0];
}
