import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Results, resultsFile } from '../../../benchmarks/report.js';
import { kernelTable, mainJobs, speedTable, withTable } from '../../../benchmarks/speedTable.js';

const results: Results = {
  name: 'node20',
  about: '',
  date: '2026-11-23T12:00:00.000Z',
  machine: { cpu: 'Abacus', cores: 2, node: '20.1.2' },
  packages: { mapache: '1.0.0', keras: '3.15.1' },
  leftOut: [],
  tables: {
    models: [
      { network: 'Net', job: 'predict', batch: 1, contestant: 'mapache', 'median ms': 5.21, ratio: 1 },
      { network: 'Net', job: 'predict', batch: 1, contestant: 'Keras on TensorFlow', 'median ms': 10.4, ratio: 1.996 },
      { network: 'Net', job: 'head', batch: 16, contestant: 'mapache', 'median ms': 6, ratio: 1 },
    ],
  },
};

describe('the table of speeds', () => {
  test('has a line for each job, a column for each contestant, and the times beside those of mapache', () => {
    expect(speedTable(results).split('\n')).toEqual([
      "| ms a picture (times mapache's) | mapache | Keras, TensorFlow |",
      '|---|---|---|',
      '| Net, predict, batch of 1 | 5.21 | 10.4 (2) |',
      '| Net, head, batch of 16 | 6 |  |',
      '',
      'Medians of interleaved rounds on 2 cores of an Abacus, Node 20.1.2, 2026-11-23; keras 3.15.1.',
    ]);
  });

  test('has only the jobs that are asked for', () => {
    expect(speedTable(results, /head/).split('\n')).toContain('| Net, head, batch of 16 | 6 |');
    expect(speedTable(results, /head/)).not.toContain('predict');
  });

  test('takes its place between the markers of a text, as often as it is written there', () => {
    const text = 'Before\n<!-- speed: npm run bench:readme -->\nold\n<!-- end of speed -->\nafter';
    const once = withTable(text, 'speed', 'new');
    expect(once).toBe('Before\n<!-- speed: npm run bench:readme -->\n\nnew\n\n<!-- end of speed -->\nafter');
    expect(withTable(once, 'speed', 'new')).toBe(once);
    expect(() => withTable('no markers', 'speed', 'new')).toThrow('has no');
  });

  test.runIf(existsSync(resultsFile('node20')))('of README and docs are those of the committed results', () => {
    const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
    const committed = JSON.parse(readFileSync(resultsFile('node20'), 'utf8')) as Results;
    const [readme, docs] = [read('README.md'), read('docs/speed.md')];
    expect(withTable(readme, 'speed', speedTable(committed, mainJobs))).toBe(readme);
    const tables = withTable(docs, 'speed', speedTable(committed));
    expect(withTable(tables, 'kernels', kernelTable(committed))).toBe(docs);
  });
});
