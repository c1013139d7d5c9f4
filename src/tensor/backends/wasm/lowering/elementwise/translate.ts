import { type DType, isFloating } from '../../../../dtype.js';
import type { ElementwisePrimitive } from '../../../../ops/index.js';
import type { Step } from '../../../../plan/index.js';
import type { OperationName } from '../../operations.js';

/** A step in the words of `operations.ts`. */
export interface Translation {
  /** `null` if a tile of the result is a tile of the input. */
  readonly operation: OperationName | null;
  /** Which inputs of the step the operation takes, in its order. */
  readonly order: readonly number[];
  /** Operands that are the same number everywhere, after those. */
  readonly constants: readonly number[];
  /** Whether the result has to be brought back into the range of a byte. */
  readonly wraps: boolean;
}

export type ElementwiseStep = Extract<Step, { readonly op: ElementwisePrimitive }>;

/** How registers compute a step whose last input has dtype `from`. */
export function translate(step: ElementwiseStep, from: DType): Translation {
  switch (step.op) {
    case 'add':
    case 'sub':
    case 'mul':
    case 'div':
    case 'pow':
    case 'neg':
    case 'abs':
      if (isFloating(from)) return plain(step.op);
      return { ...plain(`${step.op}Int`), wraps: from === 'uint8' };
    case 'maximum':
      if (from === 'bool') return plain('logicalOr');
      return plain(isFloating(from) ? 'maximum' : 'maximumInt');
    case 'minimum':
      if (from === 'bool') return plain('logicalAnd');
      return plain(isFloating(from) ? 'minimum' : 'minimumInt');
    case 'equal':
    case 'notEqual':
      return plain(isFloating(from) ? step.op : `${step.op}Int`);
    case 'less':
    case 'lessEqual':
      return compare(step.op, from, false);
    case 'greater':
      return compare('less', from, true);
    case 'greaterEqual':
      return compare('lessEqual', from, true);
    case 'relu':
    case 'reluGradient':
      return { ...plain(step.op), constants: [step.params.maximum] };
    case 'cast':
      return plain(conversions[from][step.params.dtype]);
    case 'broadcastTo':
      return plain(null);
    default:
      return plain(step.op);
  }
}

function plain(operation: OperationName | null): Translation {
  return { operation, order: [0, 1, 2], constants: [], wraps: false };
}

/** The mask of true is -1, less than that of false: truth values compare the other way round. */
function compare(operation: 'less' | 'lessEqual', dtype: DType, swapped: boolean): Translation {
  const order = swapped === (dtype === 'bool') ? [0, 1] : [1, 0];
  return { ...plain(isFloating(dtype) ? operation : `${operation}Int`), order };
}

/** Registers that hold doubles hold whole numbers as doubles too. */
const conversions = {
  float32: { float32: null, float64: null, int32: 'floatToInt', uint8: 'floatToByte', bool: 'floatToTruth' },
  float64: { float32: 'roundFloat', float64: null, int32: 'floatToInt', uint8: 'floatToByte', bool: 'floatToTruth' },
  int32: { float32: 'intToFloat', float64: null, int32: null, uint8: 'wrapByte', bool: 'intToTruth' },
  uint8: { float32: 'intToFloat', float64: null, int32: null, uint8: null, bool: 'intToTruth' },
  bool: { float32: 'truthToFloat', float64: 'truthToFloat', int32: 'truthToInt', uint8: 'truthToInt', bool: null },
} as const satisfies Readonly<Record<DType, Readonly<Record<DType, OperationName | null>>>>;
