import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle } from '../../../../support/bundle.js';
import { type Outcome, repository, run, temporaryFolder, writeFiles } from '../../../../support/sandbox.js';

const folder = temporaryFolder();

// Bundled, because a loader of TypeScript has threads of its own.
beforeAll(async () => {
  writeFiles(folder, { 'package.json': '{ "type": "module" }' });
  await bundle(join(repository, 'tests/support/programs/training.ts'), folder, 'training');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function train(options: string, ending: string, flags: readonly string[] = []): Promise<Outcome> {
  return run(process.execPath, [...flags, join(folder, 'training.js'), options, ending], folder);
}

describe.each(['{ "threads": 2 }', '{ "sharedMemory": "never" }'])(
  'a Node program on the wasm backend, %s',
  (options) => {
    it('ends by itself when it is done', async () => {
      expect(await train(options, 'done')).toEqual({ code: 0, output: 'trained\n' });
    });

    it('finishes what nobody waits for, and ends', async () => {
      expect(await train(options, 'unawaited')).toEqual({ code: 0, output: '73\n' });
    });

    it('ends if it computes nothing, and importing the library has started no thread', async () => {
      expect(await train(options, 'nothing')).toEqual({ code: 0, output: '0\n' });
    });

    it('can be ended in the middle of a run', async () => {
      expect(await train(options, 'exit')).toEqual({ code: 3, output: '' });
    });
  },
);

it('a Node program without permission for workers is told so', async () => {
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  const { output } = await train('{}', 'explain', [permission, '--allow-fs-read=*']);
  expect(output).toContain('WorkerStartError true');
});
