import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { repository, runTool, writeFiles } from '../support/sandbox.js';

/** Inside the repository, so that the names of the library lead to its sources; ignored by version control. */
const folder = join(repository, 'coverage', 'readme');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the code in the README compiles', async () => {
  const readme = readFileSync(join(repository, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code ?? '');
  expect(blocks.length).toBeGreaterThan(0);
  const config = {
    extends: join(repository, 'tsconfig.json'),
    // As strict as a user's project usually is, which is less than ours.
    compilerOptions: { noUncheckedIndexedAccess: false },
    include: ['*.mts'],
    exclude: [],
  };
  writeFiles(folder, {
    'tsconfig.json': JSON.stringify(config),
    ...Object.fromEntries(blocks.map((code, i) => [`block${i}.mts`, code])),
  });
  const { output, code } = await runTool('typescript/bin/tsc', ['-p', folder, '--noEmit'], repository);
  expect(output.split('\n').filter((line) => line.includes('block'))).toEqual([]);
  expect(code).toBe(0);
});
