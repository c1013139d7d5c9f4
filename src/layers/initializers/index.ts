export { type ConstantConfig, constant, ones, zeros } from './constants.js';
export { getInitializer, type InitializerLike } from './getInitializer.js';
export { type IdentityConfig, identity } from './identity.js';
export type { Initializer } from './initializer.js';
export { type OrthogonalConfig, orthogonal } from './orthogonal.js';
export {
  type RandomNormalConfig,
  type RandomUniformConfig,
  randomNormal,
  randomUniform,
  type SeedConfig,
  truncatedNormal,
} from './random.js';
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  type Scaling,
  type VarianceScalingConfig,
  varianceScaling,
} from './varianceScaling.js';
