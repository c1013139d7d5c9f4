import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { downloaded } from '../support/downloaded.js';
import { repository, temporaryFolder } from '../support/sandbox.js';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const everything = (entry: string): string => `export * from '${join(repository, 'src', entry, 'index.ts')}';`;

const formats =
  /\/(fflate|h5wasm|jsfive|pako|@jsquash|fast-png|omggif)\/|src\/io\/(hdf5|zip|untrusted|files\/\w*Files|formats|weights\/bind|keras\/writeModel)/;
const computing =
  /src\/tensor\/backends\/(wasm\/(generated\/(simd|relaxed)|lowering)|reference\/kernels|gpu\/(lowering|device\/open))/;
const passes = /src\/training\/(runTraining|evaluate|predict|data\/trainingBatch)/;

it('leaves out of the first download what reads and writes files, computes, and goes through data', async () => {
  const { sources, size } = await downloaded(folder, 'everything', everything('.'));
  expect(sources.length).toBeGreaterThan(100);
  for (const lazy of [formats, computing, passes]) expect(sources.filter((path) => lazy.test(path))).toEqual([]);
  console.info(`mapache: ${(size / 1000).toFixed(1)} kB compressed`);
});

it('takes at most 50 kB compressed for tensors, gradients and backends', async () => {
  const { size } = await downloaded(folder, 'tensor', everything('tensor'));
  console.info(`mapache/tensor: ${(size / 1000).toFixed(1)} kB compressed`);
  expect(size).toBeLessThan(50_000);
});
