export * from './io/index.js';
export * from './layers/index.js';
export * from './optim/index.js';
export * from './tensor/index.js';
export * from './training/index.js';
export * from './transfer/index.js';
