import type { Epilogue } from '../../../plan/index.js';
import type { LoweringContext } from './lowering.js';
import type { Pointer } from './pointer.js';

/** Bits of `flags`; `assembly/epilogue.ts` has the same. */
const addsResidual = 1;
const clips = 2;
const masks = 4;

/** The fields of an instruction that finishes what it has computed. */
export interface EpilogueFields {
  readonly bias: Pointer | null;
  readonly residual: Pointer | null;
  /** The output of the ReLU whose backward pass this is. */
  readonly mask: Pointer | null;
  /** Upper bound of either ReLU. */
  readonly maximum: number;
  readonly flags: number;
}

/** An epilogue as fields named `bias`, `residual`, `mask` (pointers), `maximum` (float) and `flags` (int). */
export function epilogueFields(epilogue: Epilogue, { pointer }: LoweringContext): EpilogueFields {
  const { bias, residual, relu, reluGradient } = epilogue;
  return {
    bias: bias === undefined ? null : pointer(bias),
    residual: residual === undefined ? null : pointer(residual),
    mask: reluGradient === undefined ? null : pointer(reluGradient.output),
    maximum: (relu ?? reluGradient)?.maximum ?? 0,
    flags: (residual === undefined ? 0 : addsResidual) | (relu ? clips : 0) | (reluGradient ? masks : 0),
  };
}
