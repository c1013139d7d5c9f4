/** Writes `docs/conformance.md` from what the golden tests measure. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConformanceRecord } from '../../tests/support/conformance-records.js';
import { conformancePage } from './page.js';
import { registered } from './registered.js';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'mapache-'));

/** What a run of the tests measured. A run with a failure ends this one: its page would be wrong. */
function measured(name: string, filters: readonly string[]): readonly ConformanceRecord[] {
  const file = join(folder, `${name}.json`);
  const vitest = join(repository, 'node_modules/vitest/vitest.mjs');
  const env = { ...process.env, MAPACHE_CONFORMANCE: file };
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...filters], {
    cwd: repository,
    env,
    stdio: 'inherit',
  });
  if (status !== 0) {
    throw new Error(`The page stays as it is, because tests failed: vitest run ${filters.join(' ')}`);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as ConformanceRecord[];
}

try {
  const records = measured('goldens', ['tests/golden']);
  writeFileSync(join(repository, 'docs/conformance.md'), conformancePage(records, registered));
} finally {
  rmSync(folder, { recursive: true });
}
