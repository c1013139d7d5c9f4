import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConformanceRecord } from '../../tests/support/conformance-records.js';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What a run of the tests measures.
 * @param args those of `vitest run`.
 * @throws {Error} if a test fails: figures of the others alone would look better than things are.
 */
export function measure(args: readonly string[]): readonly ConformanceRecord[] {
  const folder = mkdtempSync(join(tmpdir(), 'mapache-'));
  try {
    const file = join(folder, 'records.json');
    const vitest = join(repository, 'node_modules/vitest/vitest.mjs');
    const env = { ...process.env, MAPACHE_CONFORMANCE: file };
    const { status } = spawnSync(process.execPath, [vitest, 'run', ...args], {
      cwd: repository,
      env,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Error(`Nothing is written, because tests failed: vitest run ${args.join(' ')}`);
    return JSON.parse(readFileSync(file, 'utf8')) as ConformanceRecord[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
