import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { downloaded } from '../support/downloaded.js';
import { copyRepository, link, repository, run, runTool, temporaryFolder, writeFiles } from '../support/sandbox.js';

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as Manifest;

/** `mapache`, `mapache/tensor` ...: everything a user can import. */
const entries = Object.keys(manifest.exports)
  .filter((entry) => entry !== './package.json')
  .map((entry) => entry.replace(/^\./, 'mapache'));

const folder = temporaryFolder();
const workshop = join(folder, 'workshop');
const consumer = join(folder, 'consumer');
const installed = join(consumer, 'node_modules', 'mapache');
let tarball = '';

/** Builds and packs in a copy, so that a build going on in the repository is not disturbed, and unpacks for a user. */
beforeAll(async () => {
  copyRepository(workshop, [
    'src',
    'package.json',
    'tsconfig.json',
    'tsup.config.ts',
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
  ]);
  succeeded(await runTool('tsup/dist/cli-default.js', ['--silent'], workshop));
  succeeded(await run('npm', ['pack', '--silent', '--ignore-scripts'], workshop));
  tarball = join(workshop, readdirSync(workshop).find((name) => name.endsWith('.tgz')) ?? 'no tarball');

  succeeded(await run('tar', ['-xzf', tarball, '-C', folder], folder));
  writeFiles(consumer, { 'package.json': '{ "name": "consumer", "private": true, "type": "module" }' });
  // What npm would install for a user, without asking the network. Optional peers are there to be left alone.
  for (const name of [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)]) {
    link(join(repository, 'node_modules', name), join(consumer, 'node_modules', name));
  }
  renameSync(join(folder, 'package'), installed);
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function succeeded({ code, output }: { readonly code: number | null; readonly output: string }): string {
  if (code !== 0) throw new Error(`Exit code ${code}:\n${output}`);
  return output;
}

/** Runs a script as the user of the installed package and returns the JSON it prints. */
async function runScript(name: string, text: string, flags: readonly string[] = []): Promise<unknown> {
  writeFiles(consumer, { [name]: text });
  return JSON.parse(succeeded(await run(process.execPath, [...flags, join(consumer, name)], consumer)));
}

/** The body of a script in which `load(entry)` gives an entry's exports. */
const formats = {
  'ES modules': { extension: 'mjs', load: '(entry) => import(entry)' },
  CommonJS: { extension: 'cjs', load: 'async (entry) => require(entry)' },
} as const;

describe('the packed tarball', () => {
  it('holds the build and the papers, nothing else', () => {
    const papers = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
    expect(readdirSync(installed).sort()).toEqual([...papers, 'dist', 'modules'].sort());
  });

  it('has no complaint from publint', async () => {
    succeeded(await runTool('publint/src/cli.js', ['--strict', tarball], workshop));
  });

  it('has no complaint from arethetypeswrong', async () => {
    const args = [tarball, '--profile', 'node16', '--format', 'ascii', '--no-emoji'];
    succeeded(await runTool('@arethetypeswrong/cli/dist/index.js', args, workshop));
  });

  it('gives its package.json', async () => {
    expect(await runScript('manifest.cjs', "console.log(JSON.stringify(require('mapache/package.json').name))")).toBe(
      'mapache',
    );
  });

  it('brings the command mapache', async () => {
    const command = join(installed, manifest.bin.mapache as string);
    const output = succeeded(await run(process.execPath, [command, 'inspect', '--help'], consumer));
    expect(output).toContain('Usage: mapache inspect');
  });

  it.each(['dist', 'modules'])('runs in browsers: no static import of a node: module in %s', (built) => {
    const files = readdirSync(join(installed, built), { recursive: true, encoding: 'utf8' });
    // The command line is for Node; what it shares with the library is in other files.
    const scripts = files.filter((name) => name.endsWith('.js') && name !== join('cli', 'main.js'));
    const offenders = scripts.filter((name) =>
      /^(import|export)\b[^;]*['"]node:/m.test(readFileSync(join(installed, built, name), 'utf8')),
    );
    expect(scripts).not.toEqual([]);
    expect(offenders).toEqual([]);
  });
});

describe('a page made with Vite', () => {
  const formats =
    /\/(fflate|h5wasm|jsfive|pako|@jsquash|fast-png|omggif)\/|\/io\/(hdf5|zip|untrusted|files\/\w*Files|formats|weights\/bind|keras\/(?!checkBuilt))/;
  const computing =
    /\/tensor\/backends\/(wasm\/(generated\/(simd|relaxed)|lowering)|reference\/kernels|gpu\/(lowering|device\/open))/;
  const passes = /\/training\/(runTraining|evaluate|predict|data\/trainingBatch)/;

  it('takes at most 100 kB compressed for the example of the README, before what reads, writes, computes and trains', async () => {
    const readme = readFileSync(join(repository, 'README.md'), 'utf8');
    const example = /## In twenty lines\n+```ts\n([\s\S]*?)```/.exec(readme)?.[1] as string;
    const { sources, size } = await downloaded(consumer, 'example', example);
    console.info(`the example of the README: ${(size / 1000).toFixed(1)} kB compressed`);
    expect(sources.filter((path) => path.includes('node_modules/mapache/modules/')).length).toBeGreaterThan(100);
    for (const late of [formats, computing, passes]) expect(sources.filter((path) => late.test(path))).toEqual([]);
    expect(size).toBeLessThan(100_000);
  });

  it('takes at most 50 kB compressed for tensors, gradients and backends', async () => {
    const { size } = await downloaded(consumer, 'tensors', "export * from 'mapache/tensor';");
    console.info(`mapache/tensor: ${(size / 1000).toFixed(1)} kB compressed`);
    expect(size).toBeLessThan(50_000);
  });

  it('still trains, saves, opens and computes when what looks unused is left out', async () => {
    const { entry } = await downloaded(
      consumer,
      'program',
      `import { add, loadModel, losses, modelFromJson, tensor } from 'mapache';
      const net = modelFromJson(JSON.stringify({
        class_name: 'Sequential',
        config: { name: 'net', layers: [
          { class_name: 'InputLayer', config: { batch_shape: [null, 2], dtype: 'float32', name: 'in' } },
          { class_name: 'Dense', config: { name: 'dense', units: 1, use_bias: false, kernel_initializer: { class_name: 'Ones', config: {} } } },
        ] },
      }));
      net.compile({ optimizer: 'sgd', loss: losses.meanSquaredError() });
      const before = await net.predict(tensor([[1, 2]])).then((y) => y.array());
      await net.fit(tensor([[1, 2]]), tensor([[0]]), { epochs: 1, verbose: 0 });
      const after = await net.predict(tensor([[1, 2]])).then((y) => y.array());
      await net.save(${JSON.stringify(join(folder, 'saved.keras'))});
      const loaded = await loadModel(${JSON.stringify(join(folder, 'saved.keras'))});
      const again = await loaded.predict(tensor([[1, 2]])).then((y) => y.array());
      console.log(JSON.stringify([await add(tensor([1, 2]), 1).array(), before, again, after]));`,
    );
    const [sum, before, again, [[after]]] = JSON.parse(succeeded(await run(process.execPath, [entry], consumer)));
    expect([sum, before]).toEqual([[2, 3], [[3]]]);
    expect(again).toEqual([[after]]);
    // One step of 0.01 along the gradient 2 · 3 · [1, 2].
    expect(after).toBeCloseTo(3 - 0.01 * 6 * 5, 5);
  });
});

describe.each(Object.entries(formats))('the installed package, from %s', (_, { extension, load }) => {
  const script = (name: string, body: string, flags?: readonly string[]) =>
    runScript(`${name}.${extension}`, `const load = ${load};\n(async () => {\n${body}\n})();`, flags);

  it('gives the same names as the sources', async () => {
    const body = `
      const names = {};
      for (const entry of ${JSON.stringify(entries)}) names[entry] = Object.keys(await load(entry)).sort();
      console.log(JSON.stringify(names));`;
    const expected: Record<string, readonly string[]> = {};
    for (const entry of entries) {
      const source: Record<string, unknown> = await import(
        join(repository, 'src', entry.slice('mapache'.length), 'index.ts')
      );
      expected[entry] = Object.keys(source).sort();
      expect(expected[entry], entry).not.toEqual([]);
    }
    expect(await script('names', body)).toEqual(expected);
  });

  it('computes, saves and opens', async () => {
    const body = `
      const { add, layers, loadModel, sequential, tensor } = await load('mapache');
      const net = sequential([layers.inputLayer({ shape: [2] }), layers.dense({ units: 1, kernelInitializer: 'ones' })]);
      await net.save(${JSON.stringify(join(folder, 'net.keras'))});
      const loaded = await loadModel(${JSON.stringify(join(folder, 'net.keras'))});
      const outputs = await loaded.predict(tensor([[1, 2]])).then((y) => y.array());
      console.log(JSON.stringify([await add(tensor([1, 2]), 1).array(), outputs]));`;
    expect(await script('computes', body)).toEqual([[2, 3], [[3]]]);
  });

  it('has one class Tensor, whichever entry it comes from', async () => {
    const body = `
      const { Tensor } = await load('mapache');
      console.log(JSON.stringify([typeof Tensor, Tensor === (await load('mapache/tensor')).Tensor]));`;
    expect(await script('identity', body)).toEqual(['function', true]);
  });

  it.each(entries)('loads neither gpu.js nor sharp, nor what reads archives and HDF5, with %s', async (entry) => {
    writeFiles(consumer, {
      'register.mjs': "import { register } from 'node:module';\nregister('./hooks.mjs', import.meta.url);",
      'hooks.mjs': `
        import { appendFileSync } from 'node:fs';
        export function load(url, context, next) {
          appendFileSync(new URL('loaded.txt', import.meta.url), url + '\\n');
          return next(url, context);
        }`,
      'loaded.txt': '',
    });
    const body = `
      await load('${entry}');
      const { createRequire } = await import('node:module');
      console.log(JSON.stringify(Object.keys(createRequire(__FILE__).cache)));`;
    const file = JSON.stringify(join(consumer, 'loads.cjs'));
    const required = await script('loads', body.replace('__FILE__', file), ['--import', './register.mjs']);
    const imported = readFileSync(join(consumer, 'loaded.txt'), 'utf8').split('\n');
    const loaded = [...(required as string[]), ...imported];

    expect(loaded.some((path) => path.includes('/mapache/dist/'))).toBe(true);
    expect(
      loaded.filter((path) =>
        /[\\/]node_modules[\\/](gpu\.js|sharp|fflate|h5wasm|jsfive|@jsquash|fast-png|omggif)[\\/]/.test(path),
      ),
    ).toEqual([]);
  });
});

describe('the types of the installed package', () => {
  // `any` would let everything pass; a class with private fields is equal only to itself.
  const program = `
    import { Tensor } from 'mapache';
    import { Tensor as Same } from 'mapache/tensor';
    ${entries.map((entry, i) => `import * as entry${i} from '${entry}';`).join('\n')}
    type IsAny<T> = 0 extends 1 & T ? true : false;
    const typed: [${entries.map((_, i) => `IsAny<typeof entry${i}>`).join(', ')}, IsAny<Tensor>] extends false[]
      ? true
      : never = true;
    const same: typeof Tensor = Same;
    export { typed, same };
  `;
  const strict = ['--noEmit', '--strict', '--skipDefaultLibCheck', '--target', 'es2022', '--lib', 'es2022,dom'];

  it.each([
    ['ES modules and CommonJS', ['types.mts', 'types.cts'], ['--module', 'node16']],
    ['a bundler', ['types.ts'], ['--module', 'esnext', '--moduleResolution', 'bundler']],
  ])('resolve from %s', async (_, names, flags) => {
    writeFiles(consumer, Object.fromEntries(names.map((name) => [name, program])));
    succeeded(await runTool('typescript/bin/tsc', [...strict, ...flags, ...names], consumer));
  });
});

describe('the documents', () => {
  it.each(['README.md', 'CONTRIBUTING.md', '.ci/run'])('%s names only npm scripts that exist', (name) => {
    const text = readFileSync(join(repository, name), 'utf8');
    const named = [...text.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)].map(
      ([, script, short]) => script ?? short,
    );
    expect(named.filter((script) => script !== undefined && !(script in manifest.scripts))).toEqual([]);
  });
});
