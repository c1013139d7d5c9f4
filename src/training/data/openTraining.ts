import { ArgumentError } from '../../tensor/index.js';
import { readValidation } from '../dataArguments.js';
import type { CheckedFitOptions } from '../fitOptions.js';
import { isDataset, type TrainingData } from './arrayData.js';
import type { Dataset } from './dataset.js';
import { openArrays, openData } from './openData.js';
import type { BatchContext } from './trainingBatch.js';
import { splitForValidation } from './validationSplit.js';

/** Opens and checks all data before training changes anything. */
export async function openTraining(
  context: BatchContext,
  data: TrainingData,
  options: CheckedFitOptions,
): Promise<{ readonly training: Dataset; readonly validation: Dataset | null }> {
  const { classWeight, validationData = null, validationSplit } = options;
  if (validationData !== null || validationSplit === 0) {
    const training = await openData({ ...context, classWeight }, data);
    const given = validationData === null ? null : readValidation(validationData);
    const validation = given === null ? null : await openData({ ...context, operation: 'fit (validation)' }, given);
    return { training, validation };
  }
  if (isDataset(data)) {
    throw new ArgumentError({
      operation: 'fit',
      expected: 'arrays to set some aside for validation',
      received: 'validationSplit with a data set',
      remedy: 'Split the data set where it is made, and give the other part as validationData.',
    });
  }
  const arrays = await openArrays({ ...context, classWeight }, data);
  return splitForValidation('fit', arrays, validationSplit);
}
