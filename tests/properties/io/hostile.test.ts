import fc from 'fast-check';
import { loadModel, ModelFormatError } from 'mapache/io';
import { input, layers, model, sequential } from 'mapache/layers';
import { MapacheError } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

const start = input({ shape: [4, 4, 2], name: 'x' });
const body = sequential([layers.conv2d({ filters: 2, kernelSize: 2 }), layers.batchNormalization()], { name: 'body' });
const flat = layers.globalAveragePooling2d().apply(body.apply(start, { training: false }));
const sound = model({ inputs: start, outputs: layers.dense({ units: 3, activation: 'softmax' }).apply(flat) });
const { files } = await sound.save('memory', { shardSize: 100 });
const text = new TextDecoder().decode(files['model.json']);

type Path = readonly (string | number)[];

/** Where every value of some JSON stands. */
function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, key]))];
}

const paths = pathsIn(JSON.parse(text)).filter((path) => path.length > 0);

/** The model's JSON with something else at one place. */
function replaced(path: Path, value: unknown): string {
  const json = JSON.parse(text) as Record<string, unknown>;
  const holder = path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], json);
  (holder as Record<string, unknown>)[path.at(-1) as string] = value;
  return JSON.stringify(json);
}

/** Loading succeeds or is refused with one of our errors; nothing else happens. */
async function expectOrderly(changed: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  const outcome = await loadModel({ ...files, ...changed }).then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome !== null) expect(outcome).toBeInstanceOf(MapacheError);
  expect(Object.keys(Object.prototype)).toEqual([]);
}

const junk = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom(null, true, -1, 1e9, 1e300, 0.5, '', 'x', '../x', '__proto__', [], {}, [[]], [null], {
    class_name: 'Dense',
  }),
);

describe('a file that was tampered with', () => {
  it('is refused in an orderly way, or loads, whatever stands in place of any value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), junk, async (path, value) => {
        await expectOrderly({ 'model.json': replaced(path, value) });
      }),
      { numRuns: 500 },
    );
  });

  it('is refused in an orderly way, or loads, whatever key is added anywhere', async () => {
    const keys = fc.oneof(
      fc.string(),
      fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'class_name', 'config'),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), keys, junk, async (path, key, value) => {
        const json = replaced(path, { HERE: value }).replace('"HERE"', () => JSON.stringify(key));
        await expectOrderly({ 'model.json': json });
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when its text ends early', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), async (end) => {
        await expect(loadModel({ ...files, 'model.json': text.slice(0, end) })).rejects.toThrow(ModelFormatError);
      }),
      { numRuns: 50 },
    );
  });

  it('is refused when a file of weights is missing, short or long', async () => {
    const shards = Object.keys(files).filter((name) => name.endsWith('.bin'));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...shards), fc.integer({ min: -100, max: 100 }), async (name, change) => {
        fc.pre(change !== 0);
        const bytes = files[name] as Uint8Array;
        const other = new Uint8Array(Math.max(0, bytes.length + change));
        await expect(loadModel({ ...files, [name]: other })).rejects.toThrow(ModelFormatError);
        const { [name]: _, ...rest } = files;
        await expect(loadModel(rest)).rejects.toThrow(ModelFormatError);
      }),
      { numRuns: 50 },
    );
  });
});
