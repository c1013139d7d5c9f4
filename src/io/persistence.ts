import { installPersistence } from '../layers/index.js';
import { loadWeights } from './loadWeights.js';
import { saveModel } from './saveModel.js';
import { saveWeights } from './saveWeights.js';

installPersistence({ save: saveModel, saveWeights, loadWeights });
