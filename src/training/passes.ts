// What goes through data, and what it takes: loaded when the first such pass begins.
export { advise } from './advice.js';
export { ArrayDataset } from './data/arrayDataset.js';
export { openData } from './data/openData.js';
export { openTraining } from './data/openTraining.js';
export { prepareBatch } from './data/trainingBatch.js';
export { evaluateDataset } from './evaluate.js';
export { FeatureCache } from './features/featureCache.js';
export { predictDataset } from './predict.js';
export { runTraining } from './runTraining.js';
