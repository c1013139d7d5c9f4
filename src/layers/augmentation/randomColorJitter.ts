import type { Change, DrawChange } from './change.js';
import { randomBrightness } from './randomBrightness.js';
import { randomContrast } from './randomContrast.js';
import { randomHue } from './randomHue.js';
import { randomSaturation } from './randomSaturation.js';
import { type AugmentationRecord, colored } from './record.js';

const parts = {
  brightnessFactor: randomBrightness,
  contrastFactor: randomContrast,
  saturationFactor: randomSaturation,
  hueFactor: randomHue,
} as const;

/** Changes brightness, contrast, saturation and hue, in this order: those of them that are given a factor. */
export const randomColorJitter: AugmentationRecord = {
  className: 'RandomColorJitter',
  optional: { brightnessFactor: null, contrastFactor: null, saturationFactor: null, hueFactor: null, ...colored },
  prepare: (options) => {
    const draws = Object.entries(parts)
      .filter(([name]) => options.has(name))
      .map(([name, part]): DrawChange => part.prepare(options.as({ factor: name, valueRange: 'valueRange' })));
    return (shape, random) => {
      const changes = draws.map((draw): Change => draw(shape, random));
      return { pictures: (x) => changes.reduce((pictures, change) => change.pictures(pictures), x) };
    };
  },
};
