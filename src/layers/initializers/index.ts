export { getInitializer, type InitializerLike, withFanAxes } from './getInitializer.js';
export type { Initializer } from './initializer.js';
