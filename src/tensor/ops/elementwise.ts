import type { PrimitiveName } from './primitives.js';

/** Primitives that compute each element of their result from the matching elements of their inputs. */
export const elementwisePrimitives = [
  ...(['add', 'sub', 'mul', 'div', 'pow', 'maximum', 'minimum', 'neg', 'abs'] as const),
  ...(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'] as const),
  ...(['logicalAnd', 'logicalOr', 'logicalNot', 'where'] as const),
  ...(['exp', 'log', 'log1p', 'sqrt', 'tanh', 'sigmoid', 'erf', 'relu', 'reluGradient'] as const),
  ...(['cast', 'broadcastTo'] as const),
] as const satisfies readonly PrimitiveName[];

export type ElementwisePrimitive = (typeof elementwisePrimitives)[number];
