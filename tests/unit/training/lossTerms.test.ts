import { ArgumentError } from 'mapache/tensor';
import { losses } from 'mapache/training';
import { describe, expect, test } from 'vitest';
import { type LossOption, resolveLosses } from '../../../src/training/lossTerms.js';

const huber = { className: 'Huber', config: { delta: 2 } };

/** Class and output of every loss. */
const classes = (loss: LossOption, outputNames: readonly string[]): readonly string[] =>
  resolveLosses(loss, null, outputNames).map((term) => `${outputNames[term.output]}: ${term.loss.className}`);

describe('losses of outputs', () => {
  test.each<[string, LossOption]>([
    ['a description', huber],
    ['a description without options', { className: 'Huber' }],
    ['a name', 'huber'],
    ['a loss', losses.huber()],
  ])('%s is one loss, for every output', (_, loss) => {
    expect(classes(loss, ['out'])).toEqual(['out: Huber']);
    expect(classes(loss, ['left', 'right'])).toEqual(['left: Huber', 'right: Huber']);
  });

  test('the options of a description count', () => {
    const [term] = resolveLosses(huber, null, ['out']);
    expect(term?.loss.getConfig()).toMatchObject({ delta: 2 });
  });

  test('a record or a list has one for each, described or not', () => {
    expect(classes({ right: huber, left: 'mse' }, ['left', 'right'])).toEqual([
      'left: MeanSquaredError',
      'right: Huber',
    ]);
    expect(classes([null, huber], ['left', 'right'])).toEqual(['right: Huber']);
  });

  test('a record that names no output is refused', () => {
    expect(() => classes({ middle: 'mse' }, ['left', 'right'])).toThrow(ArgumentError);
  });
});
