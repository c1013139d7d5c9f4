export { cosineDecay } from './cosineDecay.js';
export { cosineDecayRestarts } from './cosineDecayRestarts.js';
export { exponentialDecay } from './exponentialDecay.js';
export { inverseTimeDecay } from './inverseTimeDecay.js';
export { piecewiseConstantDecay } from './piecewiseConstantDecay.js';
export { polynomialDecay } from './polynomialDecay.js';
