import { type LayerClass, operationPrefix, operations, type SymbolicTensor } from '../../layers/index.js';

// Where Keras writes `x + y` instead of a layer: operations, as in models that are loaded from its files.

/** `x + y`. */
export function plus(x: SymbolicTensor, y: SymbolicTensor | number): SymbolicTensor {
  return operate('Add', x, y);
}

/** `x * y`. */
export function times(x: SymbolicTensor, y: SymbolicTensor | number): SymbolicTensor {
  return operate('Multiply', x, y);
}

function operate(name: string, x: SymbolicTensor, y: SymbolicTensor | number): SymbolicTensor {
  const operationClass = operations.find(({ className }) => className === `${operationPrefix}${name}`);
  const operation = (operationClass as LayerClass).fromConfig({});
  return typeof y === 'number' ? operation.apply(x, { options: { x2: y } }) : operation.apply([x, y]);
}
