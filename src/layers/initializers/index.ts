export type { ConstantConfig } from './constants.js';
export { getInitializer, type InitializerLike } from './getInitializer.js';
export type { IdentityConfig } from './identity.js';
export type { Initializer } from './initializer.js';
export type { OrthogonalConfig } from './orthogonal.js';
export type { RandomNormalConfig, RandomUniformConfig, SeedConfig } from './random.js';
export type { Scaling, VarianceScalingConfig } from './varianceScaling.js';
