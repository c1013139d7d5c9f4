export { type CheckOptions, checkGradients, type GradientComparison } from './check.js';
export { type Gradients, type GradientsOptions, gradients } from './gradients.js';
