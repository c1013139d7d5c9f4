export { getInitializer, type InitializerLike } from './getInitializer.js';
export type { Initializer } from './initializer.js';
