import type { Epilogue, ValueId } from '../../../plan/index.js';
import type { KernelBuilder, Quad } from '../source/kernelBuilder.js';
import { Walk } from '../source/walk.js';
import { rectified, rectifiedGradient } from './arithmetic.js';
import type { LoweringContext } from './lowering.js';

/** What comes after a product, done to one quad of its result. `rows` times `columns` is what all rows of it hold. */
export function applyEpilogue(
  kernel: KernelBuilder,
  quad: Quad,
  { bias, residual, relu, reluGradient }: Epilogue,
  { rows, columns }: { readonly rows: number; readonly columns: number },
  context: LoweringContext,
): Quad {
  const perChannel = { start: 0, strides: [0, 1] };
  const dense = { start: 0, strides: [columns, 1] };
  const walk = new Walk(kernel, [rows, columns], [perChannel, dense]);
  const read = (id: ValueId, view: number): Quad => walk.read(kernel.array(context.operand(id)), view);
  const each = (values: Quad, change: (value: string, place: number) => string): Quad => {
    const at = (place: number): string => change(values[place] as string, place);
    return [at(0), at(1), at(2), at(3)];
  };
  let result = quad;
  if (bias !== undefined) {
    const added = read(bias, 0);
    result = each(result, (value, place) => kernel.let(`${value} + ${added[place]}`));
  }
  if (residual !== undefined) {
    const added = read(residual, 1);
    result = each(result, (value, place) => kernel.let(`${value} + ${added[place]}`));
  }
  if (relu !== undefined) result = each(result, (value) => rectified(kernel, value, relu.maximum));
  if (reluGradient !== undefined) {
    const output = read(reluGradient.output, 1);
    result = each(result, (value, place) =>
      rectifiedGradient(kernel, value, output[place] as string, reluGradient.maximum),
    );
  }
  return result;
}
