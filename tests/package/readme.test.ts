import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';
import { repository, writeFiles } from '../support/sandbox.js';

/** Inside the repository, so that the names of the library lead to its sources; ignored by version control. */
const folder = join(repository, 'coverage', 'readme');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the code in the README compiles', async () => {
  const readme = readFileSync(join(repository, 'README.md'), 'utf8');
  const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code ?? '');
  expect(blocks.length).toBeGreaterThan(0);
  writeFiles(folder, Object.fromEntries(blocks.map((code, i) => [`block${i}.mts`, code])));
  const { config } = ts.readConfigFile(join(repository, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, repository);
  // As strict as a user's project usually is, which is less than ours.
  const files = blocks.map((_, i) => join(folder, `block${i}.mts`));
  const program = ts.createProgram(files, { ...options, noUncheckedIndexedAccess: false });
  // The sources have been checked elsewhere.
  const complaints = files.flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)));
  expect(complaints.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});
