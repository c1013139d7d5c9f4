import { installPersistence } from '../layers/index.js';
import { loadWeights } from './loadWeights.js';
import { saveModel } from './saveModel.js';

installPersistence({ save: saveModel, loadWeights });
