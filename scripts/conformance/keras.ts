/**
 * Runs the tests that compare with real Keras. If all of them were asked for and pass, what they measured is kept for
 * `docs/conformance.md`, which is written where there is no Keras.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { writeLive } from './live.js';
import { measure, repository } from './measure.js';

const args = process.argv.slice(2);
if (args.length === 0) writeLive(measure(['--mode', 'keras']));
else {
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--mode', 'keras', ...args], {
    cwd: repository,
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
}
