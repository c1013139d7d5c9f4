import { layerFromConfig, type SymbolicTensor } from '../../layers/index.js';

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
  const operation = layerFromConfig(`ops.${name}`, {});
  return typeof y === 'number' ? operation.apply(x, { options: { x2: y } }) : operation.apply([x, y]);
}
