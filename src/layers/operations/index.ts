import { arithmetic } from './arithmetic.js';
import { elementwise } from './elementwise.js';
import { operationClass, operationPrefix } from './operation.js';
import { reductions } from './reductions.js';
import { shapes } from './shapes.js';

/** The operations of `keras.ops` that models may contain, each as a class of layers: `ops.Add`, `ops.GetItem`, …. */
export const operations = [...arithmetic, ...elementwise, ...reductions, ...shapes].map(operationClass);

export { operationPrefix };
