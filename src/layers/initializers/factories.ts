export { constant, ones, zeros } from './constants.js';
export { identity } from './identity.js';
export { orthogonal } from './orthogonal.js';
export { randomNormal, randomUniform, truncatedNormal } from './random.js';
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  varianceScaling,
} from './varianceScaling.js';
