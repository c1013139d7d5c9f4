import {
  ArgumentError,
  checkBooleanOption,
  checkChoiceOption,
  checkNumberOption,
  type NumberRange,
  readDescription,
  snakeCase,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

describe('options', () => {
  it.each<[unknown, NumberRange, string]>([
    [Number.NaN, {}, 'a finite number, received NaN'],
    [Number.POSITIVE_INFINITY, { min: 0 }, 'a finite number, at least 0, received Infinity'],
    ['1', {}, 'a finite number, received "1"'],
    [null, {}, 'a finite number, received null'],
    [1.5, { integer: true }, 'an integer, received 1.5'],
    [-1, { min: 0, max: 1 }, 'a finite number in [0, 1], received -1'],
    [2, { max: 1 }, 'a finite number, at most 1, received 2'],
    [0, { above: 0, below: 1 }, 'a finite number, above 0, below 1, received 0'],
    [1, { above: 0, below: 1 }, 'a finite number, above 0, below 1, received 1'],
  ])('%j is no number in %j', (value, range, message) => {
    const check = () => checkNumberOption('Dropout', 'rate', value, range);
    expect(check).toThrow(ArgumentError);
    expect(check).toThrow(`Dropout: expected rate to be ${message}.`);
  });

  it('are returned as they are if they are right', () => {
    expect(checkNumberOption('Dropout', 'rate', 1, { min: 0, max: 1, integer: true })).toBe(1);
    expect(checkBooleanOption('Dense', 'useBias', false)).toBe(false);
    expect(checkChoiceOption('Conv2D', 'padding', 'same', ['valid', 'same'])).toBe('same');
  });

  it('are neither booleans nor choices by being like them', () => {
    expect(() => checkBooleanOption('Dense', 'useBias', 0)).toThrow('useBias to be true or false, received 0');
    expect(() => checkChoiceOption('Conv2D', 'padding', 'SAME', ['valid', 'same'])).toThrow(
      `padding to be 'valid' or 'same', received "SAME"`,
    );
  });
});

describe('descriptions', () => {
  it('are names, or classes with options or without', () => {
    expect(readDescription('Adam')).toEqual({ className: 'Adam', config: {} });
    expect(readDescription({ className: 'Adam' })).toEqual({ className: 'Adam', config: {} });
    expect(readDescription({ className: 'Adam', config: null })).toEqual({ className: 'Adam', config: {} });
    expect(readDescription({ className: 'Adam', config: { beta1: 0.5 } })).toEqual({
      className: 'Adam',
      config: { beta1: 0.5 },
    });
  });

  it.each([3, null, undefined, {}, { className: 3 }, { className: 'Adam', config: 3 }])('are not %j', (value) => {
    expect(readDescription(value)).toBeNull();
  });
});

describe('names', () => {
  it.each([
    ['Conv2D', 'conv2d'],
    ['BatchNormalization', 'batch_normalization'],
    ['ReLU', 're_lu'],
    ['RMSprop', 'rm_sprop'],
    ['velocityHat', 'velocity_hat'],
    ['Custom>Layer', 'custom_layer'],
  ])('%s becomes %s', (name, snake) => {
    expect(snakeCase(name)).toBe(snake);
  });
});
