import { sizeOf } from '../../../shape.js';
import { dtypeCode } from './dtypeCode.js';
import type { Finish, LoweringContext, Lowerings, StepOf } from './lowering.js';

/** Numbers of one unit; `assembly/random/blocks.ts` has the same. */
const blockSize = 4096;

function lowerRandom(
  { op, params, inputs }: StepOf<'randomUniform' | 'randomNormal'>,
  { builder, pointer }: LoweringContext,
  { output }: Finish,
): void {
  const { shape, dtype, seed, stream } = params;
  const size = sizeOf(shape);
  const fields = { to: pointer(output), step: pointer(inputs[0] as number), seed, stream };
  builder.emit(op, { units: Math.ceil(size / blockSize) }, { ...fields, size, dtype: dtypeCode[dtype] });
}

export const randomLowerings = { randomUniform: lowerRandom, randomNormal: lowerRandom } satisfies Lowerings;
