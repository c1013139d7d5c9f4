/**
 * How long each group of steps of a job takes, beside its arithmetic and its traffic:
 *
 *     npm run bench:profile -- 'MobileNetV2 1.0/160' fine-tune --batch 16 --workers 1 --by kind
 *
 * Every instruction runs by itself, so that what one leaves in the caches is there for the next, but workers do not
 * run ahead.
 */
import { parseArgs } from 'node:util';
import { getBackend, setBackend } from 'mapache';
import { WasmBackend } from '../../src/tensor/backends/wasm/backend.js';
import { type Job, jobs, makeBatch, prepareJob } from '../models/jobs.js';
import { type NetworkName, networkNames, networks } from '../models/networks.js';
import { formatTable, type Row, rounded } from '../report.js';
import { type GroupCost, groupCosts } from './groupCosts.js';
import { clockInstructions } from './instructionClock.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    batch: { type: 'string', default: '16' },
    workers: { type: 'string', default: 'all' },
    rounds: { type: 'string', default: '7' },
    by: { type: 'string', default: 'group' },
    top: { type: 'string', default: '40' },
  },
});
const [name = 'MobileNetV2 1.0/160', job = 'predict'] = positionals as [NetworkName?, Job?];
const network = networks[name];
if (network === undefined || !jobs.includes(job)) {
  throw new Error(`usage: profile NETWORK JOB; networks: ${networkNames.join(', ')}; jobs: ${jobs.join(' | ')}`);
}

setBackend('wasm');
const backend = getBackend('wasm');
if (!(backend instanceof WasmBackend)) throw new Error('only the wasm backend has instructions');
const clock = await clockInstructions(backend, options.workers !== '1');
const run = await prepareJob(job, network, makeBatch(network.size, Number(options.batch)));
for (let round = -2; round < Number(options.rounds); round++) {
  if (round === 0) clock.forget();
  await run();
}

for (const timed of clock.plans) {
  const costs = groupCosts(timed);
  const total = sum(costs, 'milliseconds');
  const listed = options.by === 'kind' ? byKind(costs) : costs.map((cost) => ({ ...cost, count: 1 }));
  const rows = [...listed].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, Number(options.top));
  const { plan, lowered } = timed;
  console.log(
    `\n${plan.name}: ${plan.steps.length} steps, ${costs.length} groups, ${lowered.fragment.instructionCount} instructions, ${rounded(plan.memory.arenaBytes / 2 ** 20)} MiB`,
  );
  console.log(formatTable([...rows.map((cost) => rowOf(cost, total)), { ms: rounded(total), ...rates(costs, total) }]));
}

type Counted = GroupCost & { readonly count: number };

function rowOf(cost: Counted, total: number): Row {
  const { milliseconds, count, kind, origin, instructions } = cost;
  return {
    ms: rounded(milliseconds),
    '%': rounded((100 * milliseconds) / total),
    ...rates([cost], milliseconds),
    count,
    instructions: instructions.slice(0, 60),
    what: kind.slice(0, 110),
    origin: origin.slice(0, 50),
  };
}

function rates(costs: readonly GroupCost[], milliseconds: number): Row {
  return {
    'GFLOP/s': rounded(sum(costs, 'flops') / milliseconds / 1e6),
    'GB/s': rounded(sum(costs, 'bytes') / milliseconds / 1e6),
    MB: rounded(sum(costs, 'bytes') / 1e6),
  };
}

function byKind(costs: readonly GroupCost[]): readonly Counted[] {
  const kinds = new Map<string, Counted>();
  for (const cost of costs) {
    const known = kinds.get(cost.kind);
    if (known === undefined) kinds.set(cost.kind, { ...cost, count: 1 });
    else {
      const both = [known, cost];
      kinds.set(cost.kind, {
        ...known,
        milliseconds: sum(both, 'milliseconds'),
        flops: sum(both, 'flops'),
        bytes: sum(both, 'bytes'),
        count: known.count + 1,
      });
    }
  }
  return [...kinds.values()];
}

function sum(costs: readonly GroupCost[], field: 'milliseconds' | 'flops' | 'bytes'): number {
  return costs.reduce((total, cost) => total + cost[field], 0);
}
