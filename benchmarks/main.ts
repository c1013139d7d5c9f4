/**
 * Measures mapache's wasm backend: `npm run bench` a part of it in less than a minute, `npm run bench:full` everything.
 * Ceilings first, then kernels as fractions of them, then the jobs of transfer learning beside other libraries
 * (benchmarks/peers/README.md says how they come to be there), then what it takes to start.
 *
 *     npm run bench -- --only models --match 'MobileNetV2.*predict'
 */
import { parseArgs } from 'node:util';
import { setBackend } from 'mapache';
import { measureCeilings, pulse } from './ceilings.js';
import type { CompareOptions } from './harness.js';
import { measureKernels, measureMatmul } from './kernels/measure.js';
import { modelCases } from './models/cases.js';
import { measureModel } from './models/measure.js';
import { allPeers } from './peers/index.js';
import { matmulContestants } from './peers/matmul.js';
import { formatTable, type Row, writeReport } from './report.js';
import { measurePayload, measureStart } from './start/measure.js';

const { values: options } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    match: { type: 'string', default: '' },
    peers: { type: 'string', default: '' },
  },
});
const { full, only } = options;
const [pattern, wanted] = [new RegExp(options.match), new RegExp(options.peers)];

setBackend('wasm');
const tables: Record<string, readonly Row[]> = {};
const leftOut: string[] = [];
const versions: Record<string, string> = {};

function show(table: string, rows: readonly Row[]): void {
  tables[table] = [...(tables[table] ?? []), ...rows];
  console.log(`\n${formatTable(rows)}`);
}

const steadily = pulse();
const compareOptions = (milliseconds: number): CompareOptions => ({
  warmUps: full ? 2 : 1,
  rounds: 40,
  budget: full ? 4 * milliseconds : milliseconds,
  pulse: steadily,
});

show('ceilings', await measureCeilings(compareOptions(500)));

if (only === '' || only === 'kernels') {
  const choose = ({ name, quick }: { readonly name: string; readonly quick: boolean }) =>
    pattern.test(name) && (full || quick || options.match !== '');
  show('kernels', await measureKernels(choose, full ? ['one', 'all'] : ['all'], compareOptions(200)));
}

if (only === '' || only === 'matmul') {
  for (const n of full ? [512, 1024] : [512]) {
    const everybody = await matmulContestants(n);
    Object.assign(versions, everybody.versions);
    show('matmul', await measureMatmul(n, everybody, compareOptions(1500)));
  }
}

if (only === '' || only === 'models') {
  const peers = (await allPeers(full)).filter(({ name }) => name === 'mapache' || wanted.test(name));
  Object.assign(versions, ...peers.map((peer) => peer.versions));
  const names = modelCases.filter(({ network, job, batch, quick }) => {
    const name = `${network}, ${job}, batch ${batch}`;
    return pattern.test(name) && (full || quick || options.match !== '');
  });
  for (const one of names) {
    try {
      show('models', await measureModel(one, peers, compareOptions(2500), (what) => leftOut.push(what)));
    } catch (error) {
      console.error(error);
      leftOut.push(`${one.network}, ${one.job}, batch ${one.batch}: ${(error as Error).message}`);
      process.exitCode = 1;
    }
  }
  for (const peer of peers) peer.end();
}

if (only === '' || only === 'start') {
  show('payload', measurePayload());
  show('start', await measureStart(full ? 9 : 3));
}

console.log(['', ...leftOut.map((what) => `Left out: ${what}`)].join('\n'));
const [major] = process.versions.node.split('.');
await writeReport({
  name: full && only === '' && options.match === '' && options.peers === '' ? `node${major}` : `part-node${major}`,
  about:
    'Each table is interleaved: in every round each contestant runs once. Kernels: best of the rounds, and the fraction of ' +
    'the ceiling that binds. Models: milliseconds for each picture, ratios to mapache. Times taken while a reference ' +
    'loop was slow are left out (kept/taken).',
  peers: versions,
  leftOut,
  tables,
});
