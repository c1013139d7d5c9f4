import { describe, expect, it } from 'vitest';
import { checkFilePath } from '../../../../src/io/files/filePath.js';
import { ModelFormatError } from '../../../../src/io/modelFormatError.js';

describe('checkFilePath', () => {
  it.each([
    'group1-shard1of1.bin',
    'group1-shard1of1',
    'weights/part 1.bin',
    'a/b/c',
    'model.weights.bin',
    'Gewichte-ä.bin',
  ])('lets %s through', (path) => {
    expect(checkFilePath('model.json', path)).toBe(path);
  });

  it.each([
    '',
    '.',
    '..',
    '../secret.bin',
    'a/../../secret.bin',
    'a/./b',
    'a//b',
    '/etc/passwd',
    '//server/share',
    '\\\\server\\share',
    '..\\secret.bin',
    'C:/secret.bin',
    'C:secret.bin',
    'file:///etc/passwd',
    'https://example.org/secret.bin',
    'data:,x',
    '%2e%2e/secret.bin',
    '..%2fsecret.bin',
    'a%5c..%5cb',
    'weights.bin?token=1',
    'weights.bin#a',
    'weights.bin\0.txt',
    'a\nb',
    '.. /secret.bin',
    ' ../secret.bin',
    '.../secret',
    'a/',
    42,
    null,
    ['a'],
  ])('refuses %j', (path) => {
    expect(() => checkFilePath('model.json', path)).toThrow(ModelFormatError);
  });
});
