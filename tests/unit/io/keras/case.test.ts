import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { camelCase, mapObject, snakeCase } from '../../../../src/io/keras/case.js';
import { ModelFormatError } from '../../../../src/io/modelFormatError.js';

describe('names of options', () => {
  it.each([
    ['kernel_size', 'kernelSize'],
    ['return_sequences', 'returnSequences'],
    ['l2', 'l2'],
    ['beta_1', 'beta_1'],
    ['_private', '_private'],
  ])('%s is %s here, and back', (snake, camel) => {
    expect(camelCase(snake)).toBe(camel);
    expect(snakeCase(camel)).toBe(snake);
  });

  it('leave camelCase names alone, as some converters write them', () => {
    expect(camelCase('batchInputShape')).toBe('batchInputShape');
  });

  it('survive there and back', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]*(_[a-z][a-z0-9]*)*$/);
    fc.assert(fc.property(name, (snake) => snakeCase(camelCase(snake)) === snake));
  });
});

describe('mapObject', () => {
  const read = (json: string): unknown => mapObject('model.json', JSON.parse(json), camelCase, (value) => value);

  it('renames the keys', () => {
    expect(read('{"kernel_size": 3, "name": "c"}')).toEqual({ kernelSize: 3, name: 'c' });
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the key %s', (key) => {
    expect(() => read(`{"${key}": {"polluted": true}}`)).toThrow(ModelFormatError);
    expect({}).not.toHaveProperty('polluted');
  });

  it('refuses the same option twice', () => {
    expect(() => read('{"batch_shape": [1], "batchShape": [2]}')).toThrow('given twice');
  });
});
