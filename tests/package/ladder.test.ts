import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyRepository, repository, runTool, temporaryFolder, writeFiles } from '../support/sandbox.js';

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string; readonly severity: string };
}

async function violations(folder: string): Promise<readonly Violation[]> {
  const report = join(outputs, `${reports++}.json`);
  const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', '--output-to', report, 'src'];
  const { output } = await runTool('dependency-cruiser/bin/dependency-cruise.mjs', args, folder);
  if (!existsSync(report)) throw new Error(`dependency-cruiser wrote no report:\n${output}`);
  const { summary } = JSON.parse(readFileSync(report, 'utf8')) as { summary: { violations: Violation[] } };
  return summary.violations;
}

/** Path -> text. Each planted file breaks one rule of the ladder. */
const planted = {
  'src/tensor/planted-upward.ts': "export * from '../optim/index.js';",
  'src/optim/planted-upward.ts': "export * from '../planted-far/index.js';",
  'src/training/planted-upward.ts': "export type * from '../layers/index.js';",
  'src/io/planted-root.ts': "export * from '../index.js';",
  'src/transfer/planted-deep.ts': "export * from '../layers/planted/deep.js';",
  'src/layers/planted/deep.ts': 'export const deep = 1;',
  'src/layers/planted/inside.ts': "export * from '../index.js';",
  'src/planted-far/index.ts': 'export const far = 1;',
  'src/tensor/planted-top.ts': "export * from './ops/planted-op.js';",
  'src/tensor/ops/planted-op.ts': "export * from '../planted-shape.js';",
  'src/tensor/ops/planted-up.ts': "export * from '../plan/planted-plan.js';",
  'src/tensor/plan/planted-plan.ts': 'export const plan = 1;',
  'src/tensor/autograd/planted-door.ts': "export * from '../index.js';",
  'src/tensor/planted-shape.ts': 'export const shape = 1;',
  'src/tensor/backends/wasm/planted.ts': "export * from '../reference/planted.js';",
  'src/tensor/backends/reference/planted.ts': 'export const reference = 1;',
  'src/tensor/planted-type-cycle-a.ts': "import type { B } from './planted-type-cycle-b.js';\nexport type A = B | 1;",
  'src/tensor/planted-type-cycle-b.ts': "import type { A } from './planted-type-cycle-a.js';\nexport type B = A | 2;",
  'src/io/planted-node.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;",
  'src/io/planted-lost.ts': "export * from './planted-nowhere.js';",
};

const outputs = temporaryFolder();
let reports = 0;
afterAll(() => rmSync(outputs, { recursive: true, force: true }));

describe('the import ladder', () => {
  it('holds in src', async () => {
    const broken = await violations(repository);
    expect(broken.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  });
});

describe('the import ladder, with violations planted in a copy', () => {
  const copy = join(outputs, 'copy');
  let found: readonly Violation[] = [];

  beforeAll(async () => {
    copyRepository(copy, ['src', 'package.json', 'tsconfig.json', '.dependency-cruiser.cjs']);
    writeFiles(copy, planted);
    found = await violations(copy);
  });

  it.each([
    ['an upward import', 'ladder-tensor', 'src/tensor/planted-upward.ts'],
    ['a type-only upward import', 'ladder-training', 'src/training/planted-upward.ts'],
    ['an import of a folder with no place on the ladder', 'known-folders', 'src/optim/planted-upward.ts'],
    ['an import of the root', 'root-door', 'src/io/planted-root.ts'],
    ['a deep import past index.ts', 'door-only', 'src/transfer/planted-deep.ts'],
    ["an import of a folder's own index.ts from inside", 'door-from-inside', 'src/layers/planted/inside.ts'],
    ["an import of tensor's own index.ts from inside", 'door-from-inside', 'src/tensor/autograd/planted-door.ts'],
    ['a top-level file of tensor importing an op', 'tensor-ladder-top', 'src/tensor/planted-top.ts'],
    ['an op importing a plan', 'tensor-ladder-ops', 'src/tensor/ops/planted-up.ts'],
    ['a backend importing another', 'backends-apart', 'src/tensor/backends/wasm/planted.ts'],
    ['a cycle of types only', 'no-cycles', 'src/tensor/planted-type-cycle-a.ts'],
    ['a static import of a node: module', 'node-imports-are-dynamic', 'src/io/planted-node.ts'],
    ['an import of nothing', 'resolvable', 'src/io/planted-lost.ts'],
  ])('reports %s', (_, rule, from) => {
    const reported = found.filter((violation) => violation.from === from).map((violation) => violation.rule);
    expect(reported).toContainEqual(expect.objectContaining({ name: rule, severity: 'error' }));
  });

  it('reports nothing about planted files that obey', () => {
    const obedient = ['src/tensor/ops/planted-op.ts', 'src/tensor/planted-shape.ts', 'src/layers/planted/deep.ts'];
    expect(found.filter(({ from }) => obedient.includes(from))).toEqual([]);
  });
});
