import {
  ArgumentError,
  type ClassDescription,
  type Config,
  formatValue,
  isClassDescription,
  readDescription,
} from '../tensor/index.js';
import {
  adadelta,
  adafactor,
  adagrad,
  adam,
  adamax,
  adamW,
  ftrl,
  lamb,
  lion,
  nadam,
  rmsprop,
  sgd,
} from './factories.js';
import { Optimizer } from './optimizer.js';
import { getSchedule } from './schedules/registry.js';

/** Optimizers by Keras's names of their classes. Each checks the options it is given. */
export const optimizerClasses: ReadonlyMap<string, (config: Config) => Optimizer> = new Map([
  ['SGD', sgd],
  ['RMSprop', rmsprop],
  ['Adam', adam],
  ['AdamW', adamW],
  ['Adagrad', adagrad],
  ['Adadelta', adadelta],
  ['Adamax', adamax],
  ['Nadam', nadam],
  ['Adafactor', adafactor],
  ['Lion', lion],
  ['Lamb', lamb],
  ['Ftrl', ftrl],
]);

/** What stands for an optimizer: itself, a name in any case such as `'adam'`, or what files say about it. */
export type OptimizerLike = Optimizer | string | ClassDescription;

/**
 * The optimizer meant by `identifier`; a new one unless it is an optimizer already.
 * @throws {ArgumentError} if there is no such optimizer, or if an option is outside its range.
 */
export function getOptimizer(identifier: OptimizerLike): Optimizer {
  if (identifier instanceof Optimizer) return identifier;
  const description = readDescription(identifier);
  const wanted = description?.className.toLowerCase();
  const known = [...optimizerClasses].find(([className]) => className.toLowerCase() === wanted);
  if (description !== null && known !== undefined) {
    const [className, make] = known;
    return make(readConfig(className, description.config));
  }
  throw new ArgumentError({
    operation: 'getOptimizer',
    expected: `an optimizer, or one of ${[...optimizerClasses.keys()].join(', ')}`,
    received: formatValue(description?.className ?? identifier),
    remedy: 'Make one with optimizers.adam(…) and the like.',
  });
}

/** A configuration with its schedule, if it has one, brought to life. */
function readConfig(operation: string, config: Config): Config {
  const { learningRate, lossScaleFactor = null, ...rest } = config;
  if (lossScaleFactor !== null) {
    throw new ArgumentError({
      operation,
      expected: 'no lossScaleFactor',
      received: formatValue(lossScaleFactor),
      remedy: 'Gradients are computed in float32, which needs no scaling; leave the option out.',
    });
  }
  if (learningRate === undefined) return rest;
  return { ...rest, learningRate: isClassDescription(learningRate) ? getSchedule(learningRate) : learningRate };
}
