import { readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'tsup';
import { afterAll, expect, it } from 'vitest';
import { repository, temporaryFolder, writeFiles } from '../support/sandbox.js';

interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly entryPoint?: string;
        readonly inputs: Readonly<Record<string, unknown>>;
        readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
      }
    >
  >;
}

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a page downloads at once for `export * from entry`: sources, and bytes once compressed. */
async function downloaded(entry: string): Promise<{ readonly sources: readonly string[]; readonly size: number }> {
  const name = entry.replace('/', '-');
  writeFiles(folder, { [`${name}.ts`]: `export * from '${join(repository, 'src', entry, 'index.ts')}';` });
  const out = join(folder, name);
  await build({
    entry: { page: join(folder, `${name}.ts`) },
    outDir: out,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    config: false,
    silent: true,
    splitting: true,
    minify: true,
    metafile: true,
    external: [/^node:/, 'sharp', 'gpu.js'],
    noExternal: [/^(?!node:|sharp|gpu\.js)/],
    esbuildOptions: (options) => {
      options.nodePaths = [join(repository, 'node_modules')];
    },
  });
  const { outputs } = JSON.parse(readFileSync(join(out, 'metafile-esm.json'), 'utf8')) as Metafile;
  const start = Object.keys(outputs).find((path) => /^page\.m?js$/.test(basename(path))) as string;
  const needed = new Set<string>();
  const need = (path: string): void => {
    if (needed.has(path) || outputs[path] === undefined) return;
    needed.add(path);
    for (const { path: other, kind } of outputs[path].imports) if (kind === 'import-statement') need(other);
  };
  need(start);
  const size = [...needed].reduce((sum, path) => sum + gzipSync(readFileSync(join(out, basename(path)))).length, 0);
  return { sources: [...needed].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {})), size };
}

it('leaves out of the first download what reads archives, HDF5 and safetensors, and what writes files', async () => {
  const { sources, size } = await downloaded('.');
  expect(sources.length).toBeGreaterThan(100);
  const lazy =
    /\/(fflate|h5wasm|jsfive|pako|@jsquash|fast-png|omggif)\/|src\/io\/(hdf5|zip|untrusted|formats\/(kerasArchive|shardedWeights|hdf5File|legacyFile|weightTree|safetensors|writing))/;
  expect(sources.filter((path) => lazy.test(path))).toEqual([]);
  console.info(`mapache: ${(size / 1000).toFixed(1)} kB compressed`);
});

it('takes at most 100 kB compressed for tensors, gradients and backends', async () => {
  const { size } = await downloaded('tensor');
  console.info(`mapache/tensor: ${(size / 1000).toFixed(1)} kB compressed`);
  expect(size).toBeLessThan(100_000);
});
