export { type CheckOptions, checkGradients, type GradientComparison } from './check.js';
export { type GradientsOptions, gradients } from './gradients.js';
