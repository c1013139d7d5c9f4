export { cosineDecay } from './cosineDecay.js';
export { cosineDecayRestarts } from './cosineDecayRestarts.js';
export { exponentialDecay } from './exponentialDecay.js';
export { inverseTimeDecay } from './inverseTimeDecay.js';
export { linearWarmup } from './linearWarmup.js';
export { oneCycle } from './oneCycle.js';
export { piecewiseConstantDecay } from './piecewiseConstantDecay.js';
export { polynomialDecay } from './polynomialDecay.js';
