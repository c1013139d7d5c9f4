/**
 * What an `elementwise` instruction can do to the elements of a tile, in the order of the opcodes; the assembly's
 * `Operation` is generated from this list. Names are those of primitives; `Int` marks what differs for whole numbers.
 */
export const operations = [
  'copy',

  'add',
  'sub',
  'mul',
  'div',
  'pow',
  'maximum',
  'minimum',
  'neg',
  'abs',

  'addInt',
  'subInt',
  'mulInt',
  'divInt',
  'powInt',
  'maximumInt',
  'minimumInt',
  'negInt',
  'absInt',

  'exp',
  'log',
  'log1p',
  'sqrt',
  'tanh',
  'sigmoid',
  'erf',
  /** `(x, maximum)` */
  'relu',
  /** `(dy, y, maximum)` */
  'reluGradient',

  'equal',
  'notEqual',
  'less',
  'lessEqual',
  'equalInt',
  'notEqualInt',
  'lessInt',
  'lessEqualInt',
  'logicalAnd',
  'logicalOr',
  'logicalNot',
  /** `(condition, a, b)` */
  'where',

  /** A float without its fraction, as near as an int32 or a uint8 gets to it. */
  'floatToInt',
  'floatToByte',
  'floatToTruth',
  'intToFloat',
  'intToTruth',
  'truthToFloat',
  'truthToInt',
  /** The lowest 8 bits. */
  'wrapByte',
  /** What a float32 can hold of a double. */
  'roundFloat',
] as const;

export type OperationName = (typeof operations)[number];
