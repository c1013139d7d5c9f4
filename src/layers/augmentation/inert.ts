import { ArgumentError } from '../../tensor/index.js';
import type { DrawChange } from './change.js';
import type { AugmentationRecord } from './record.js';

// Classes that models may hold and that only run in inference, where they change nothing.

function refuse(className: string): DrawChange {
  return () => {
    throw new ArgumentError({
      operation: className,
      expected: 'to be run in inference',
      received: 'training',
      remedy: 'Take the layer out, or use another one that augments: in inference it changes nothing.',
    });
  };
}

function inert(
  className: string,
  optional: AugmentationRecord['optional'],
  required: readonly string[] = [],
): AugmentationRecord {
  return { className, required, optional, prepare: () => refuse(className) };
}

/** Stretches the height of pictures: a layer of Keras 2. */
export const randomHeight = inert('RandomHeight', { interpolation: 'bilinear', seed: null }, ['factor']);

/** Stretches the width of pictures: a layer of Keras 2. */
export const randomWidth = inert('RandomWidth', { interpolation: 'bilinear', seed: null }, ['factor']);
