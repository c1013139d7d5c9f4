import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';
import { type ConformanceKind, type ConformanceRecord, conformanceKinds, mergeRecords } from './conformance-records.js';

/**
 * Prints how many cases were compared with Keras, kind by kind, and the largest difference among them. Where
 * `MAPACHE_CONFORMANCE` names a file, it gets every case as JSON; `docs/conformance.md` is made of those.
 */
export class ConformanceReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests('passed')]);
    const records = mergeRecords(tests.flatMap((test) => test.meta().conformance ?? []));
    for (const line of summary(records)) process.stdout.write(`${line}\n`);
    const file = process.env.MAPACHE_CONFORMANCE;
    if (file !== undefined) writeFileSync(file, JSON.stringify(records));
  }
}

function summary(records: readonly ConformanceRecord[]): readonly string[] {
  return (Object.keys(conformanceKinds) as ConformanceKind[]).flatMap((kind) => {
    const cases = records.filter((record) => record.kind === kind);
    if (cases.length === 0) return [];
    const names = new Set(cases.map(({ name }) => name));
    const largest = Math.max(...cases.flatMap(({ differences }) => Object.values(differences)));
    const count = `${cases.length} ${cases.length === 1 ? 'case' : 'cases'} of ${names.size} ${conformanceKinds[kind]}`;
    return [`compared with Keras: ${count}, largest relative difference ${largest.toExponential(1)}`];
  });
}
