import type { Call, SymbolicSpec } from '../layer.js';

/**
 * Shapes and dtypes of the outputs of a layer that runs over sequences, found by way of sequences of one step.
 * @param sequences how many of the outputs, counted from the first, are sequences as long as the input
 * @param infer the same for other inputs
 */
export function inferFromOneStep(
  inputs: readonly SymbolicSpec[],
  { inputNames }: Call,
  sequences: number,
  infer: (inputs: readonly SymbolicSpec[]) => readonly SymbolicSpec[],
): readonly SymbolicSpec[] {
  const isState = (i: number): boolean => (inputNames === undefined ? i > 0 : inputNames[i] === 'initialState');
  const withSteps = ({ shape, dtype }: SymbolicSpec, steps: number | null): SymbolicSpec => ({
    shape: shape.map((size, axis) => (axis === 1 ? steps : size)),
    dtype,
  });
  const steps = inputs.find((_, i) => !isState(i))?.shape[1] ?? null;
  const outputs = infer(inputs.map((spec, i) => (isState(i) ? spec : withSteps(spec, 1))));
  return outputs.map((spec, i) => (i < sequences ? withSteps(spec, steps) : spec));
}
