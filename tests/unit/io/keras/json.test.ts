import { describe, expect, it } from 'vitest';
import { parseJson } from '../../../../src/io/keras/json.js';
import { ModelFormatError } from '../../../../src/io/modelFormatError.js';

const parse = (content: unknown): unknown => parseJson('model.json', content);

describe('parseJson', () => {
  it('reads text, bytes with a byte order mark, and what is parsed already', () => {
    expect(parse('{"a": [1]}')).toEqual({ a: [1] });
    expect(parse(new TextEncoder().encode('\ufeff{"a": [1]}'))).toEqual({ a: [1] });
    expect(parse({ a: [1] })).toEqual({ a: [1] });
  });

  it.each([
    ['text that is no JSON', 'weights'],
    ['JSON that was cut short', '{"a": [1'],
    ['an empty file', ''],
    ['bytes that are no text', Uint8Array.of(0x89, 0x48, 0x44, 0x46)],
  ])('refuses %s, naming the file', (_, content) => {
    const failure = new ModelFormatError('model.json', { expected: 'JSON', received: '', remedy: '' });
    expect(() => parse(content)).toThrow(expect.objectContaining({ file: failure.file, expected: failure.expected }));
  });

  it('refuses nesting that would exhaust the stack, in text and in objects', () => {
    const depth = 100_000;
    expect(() => parse('['.repeat(depth) + ']'.repeat(depth))).toThrow('nested at most');
    let object: object = {};
    for (let i = 0; i < 1000; i++) object = { object };
    expect(() => parse(object)).toThrow('nested at most');
  });

  it('does not count brackets in strings', () => {
    const text = JSON.stringify({ a: `${'['.repeat(1000)}\\"${'{'.repeat(1000)}` });
    expect(parse(text)).toEqual(JSON.parse(text));
  });
});
