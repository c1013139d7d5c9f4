import { layerClasses } from '../../src/layers/index.js';
import { optimizerClasses, scheduleClasses } from '../../src/optim/index.js';
import { lossClasses, metricClasses } from '../../src/training/index.js';
import { applications } from '../../src/transfer/index.js';
import type { Registered } from './page.js';

/** What the library knows by name. `Mean` and `Sum` are statistics that files do not name. */
export const registered = {
  layer: [...layerClasses().keys()],
  loss: lossClasses.classNames,
  metric: [...metricClasses.classNames, 'Mean', 'Sum'],
  optimizer: [...optimizerClasses.keys()],
  application: applications.list().map(({ record }) => record.name),
  schedule: [...scheduleClasses.keys()],
} as const satisfies Registered;
