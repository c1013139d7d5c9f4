import { isClassDescription, readDescription } from 'mapache/tensor';
import { expect, it } from 'vitest';

it('a description is an object with a class name', () => {
  expect(isClassDescription({ className: 'Adam' })).toBe(true);
  for (const other of [null, 'Adam', {}, { className: 3 }, []]) expect(isClassDescription(other)).toBe(false);
});

it.each([
  ['Adam', { className: 'Adam', config: {} }],
  [{ className: 'Adam' }, { className: 'Adam', config: {} }],
  [
    { className: 'Adam', config: null },
    { className: 'Adam', config: {} },
  ],
  [
    { className: 'Adam', config: { rate: 1 } },
    { className: 'Adam', config: { rate: 1 } },
  ],
  [{ className: 'Adam', config: 'rate' }, null],
  [{ config: {} }, null],
  [7, null],
  [undefined, null],
])('%j reads as %j', (like, expected) => {
  expect(readDescription(like)).toEqual(expected);
});
