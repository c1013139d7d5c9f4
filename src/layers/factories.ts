// One function for each layer: `layers.dense({ units: 3 })` rather than `new Dense({ units: 3 })`. A family keeps its own.
export * from './activation/factories.js';
export * from './attention/factories.js';
export * from './augmentation/factories.js';
export * from './convolution/factories.js';
export * from './core/factories.js';
export * from './merging/factories.js';
export * from './normalization/factories.js';
export * from './pooling/factories.js';
export * from './preprocessing/factories.js';
export * from './recurrent/factories.js';
export * from './regularization/factories.js';
export * from './reshaping/factories.js';
export * from './wrappers/factories.js';
