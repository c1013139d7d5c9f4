import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConformanceRecord } from '../../tests/support/conformance-records.js';
import { repository } from './measure.js';

/** What was measured against Keras itself. */
export interface LiveFigures {
  /** Of the packages that were compared with, by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** One for each name, with the number of its cases. */
  readonly records: readonly ConformanceRecord[];
}

const file = join(repository, 'docs/conformance.keras.json');

export function readLive(): LiveFigures {
  return JSON.parse(readFileSync(file, 'utf8')) as LiveFigures;
}

/** Keeps the largest differences of each name. */
export function writeLive(records: readonly ConformanceRecord[]): void {
  const live: LiveFigures = { versions: requiredVersions(), records: condensed(records) };
  writeFileSync(file, `${JSON.stringify(live, null, 2)}\n`);
}

function condensed(records: readonly ConformanceRecord[]): readonly ConformanceRecord[] {
  const rows = new Map<string, ConformanceRecord>();
  for (const { kind, name, source, differences, count = 1 } of records) {
    const key = JSON.stringify([kind, name, source]);
    const row = rows.get(key) ?? { kind, name, id: '', source, differences: {}, count: 0 };
    const largest = Object.entries(differences).map(([what, difference]): [string, number] => [
      what,
      Math.max(difference, row.differences[what] ?? 0),
    ]);
    const all = { ...row.differences, ...Object.fromEntries(largest) };
    rows.set(key, { ...row, differences: all, count: (row.count ?? 0) + count });
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

/** Those of the environment that the tests ask for; one of them checks that it is that Keras which answers. */
function requiredVersions(): Readonly<Record<string, string>> {
  const text = readFileSync(join(repository, 'tests/keras/python/requirements.txt'), 'utf8');
  const versions = [...text.matchAll(/^(keras|tensorflow)==([\d.]+)/gm)];
  return Object.fromEntries(versions.map(([, name = '', version = '']) => [name, version]));
}
