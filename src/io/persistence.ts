import { installPersistence } from '../layers/index.js';
import { installTrainingFiles } from '../training/index.js';
import { loadWeights } from './loadWeights.js';
import { saveModel } from './saveModel.js';
import { saveWeights } from './saveWeights.js';
import { lazyTrainingFiles } from './training/lazyTrainingFiles.js';

installPersistence({ save: saveModel, saveWeights, loadWeights });
installTrainingFiles(lazyTrainingFiles);
