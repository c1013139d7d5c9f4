import {
  ArgumentError,
  AxisError,
  BackendError,
  DTypeError,
  formatShape,
  formatValue,
  MapacheError,
  ShapeError,
  ShapeMismatchError,
  TraceError,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

const details = { operation: 'dense', expected: '4 features', received: '3 features', remedy: 'Build the layer anew.' };

describe('an error', () => {
  it.each([MapacheError, ArgumentError, ShapeError, TraceError, BackendError])(
    'of class %o says operation, expected, received and remedy, in fields and in words',
    (ErrorClass) => {
      const error = new ErrorClass(details);
      expect(error).toMatchObject({ ...details, name: ErrorClass.name });
      expect(error.message).toBe('dense: expected 4 features, received 3 features. Build the layer anew.');
      expect(error).toBeInstanceOf(MapacheError);
      expect(error).toBeInstanceOf(Error);
    },
  );

  it('keeps its cause', () => {
    const cause = new Error('disk');
    expect(new ArgumentError(details, { cause }).cause).toBe(cause);
  });
});

it('a shape mismatch carries both shapes and may carry a remedy of its own', () => {
  const error = new ShapeMismatchError('add', [2, 3], [4]);
  expect(error).toMatchObject({ operation: 'add', left: [2, 3], right: [4], name: 'ShapeMismatchError' });
  expect(error.message).toBe(
    'add: expected a shape compatible with [2, 3], received [4]. Reshape or broadcast one of them.',
  );
  expect(new ShapeMismatchError('add', [2], [3], 'Crop.').remedy).toBe('Crop.');
  expect(error).toBeInstanceOf(ShapeError);
});

it('an axis error carries axis and rank', () => {
  const error = new AxisError('sum', 5, 2);
  expect(error).toMatchObject({ operation: 'sum', axis: 5, rank: 2 });
  expect(error.message).toContain('an integer axis in [-2, 2), received 5');
});

it('a dtype error says how to convert', () => {
  const error = new DTypeError('matmul', 'float32', 'int32');
  expect(error.message).toBe('matmul: expected float32, received int32. Convert it with cast(x, dtype).');
});

it('formatShape writes unknown dimensions as question marks', () => {
  expect(formatShape([])).toBe('[]');
  expect(formatShape([2, null, 3])).toBe('[2, ?, 3]');
});

it.each([
  ['text', '"text"'],
  [1.5, '1.5'],
  [undefined, 'undefined'],
  [null, 'null'],
  [true, 'true'],
  [[1, 2], '[1, 2]'],
  [[1, null], '[1, ?]'],
  [Array.from({ length: 17 }, () => 0), 'an array of 17 numbers'],
  [['a'], 'an object of class Array'],
  [new Map(), 'an object of class Map'],
  [Object.create(null), 'an object of class null'],
  [{ constructor: { name: 'Evil' } }, 'an object of class Object'],
  [function named() {}, 'function named'],
  [() => {}, 'function (anonymous)'],
])('formatValue shortens %o', (value, text) => {
  expect(formatValue(value)).toBe(text);
});
