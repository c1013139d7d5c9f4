import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'tsup';
import { repository, writeFiles } from './sandbox.js';

interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      {
        readonly entryPoint?: string;
        readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
        readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
      }
    >
  >;
}

type Output = Metafile['outputs'][string];

/** Sources of which something is left. */
function inputsOf(output: Output | undefined): readonly string[] {
  return Object.entries(output?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
}

/**
 * What a page downloads at once for a script that a bundler has made ready: sources, and bytes once compressed. What the
 * script needs is looked for from `folder` upwards, then in this repository.
 */
export async function downloaded(
  folder: string,
  name: string,
  script: string,
): Promise<{ readonly sources: readonly string[]; readonly size: number }> {
  writeFiles(folder, { [`${name}.ts`]: script });
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
      // Names of packages mean packages, not our sources.
      delete options.tsconfig;
      options.tsconfigRaw = {};
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
  return { sources: [...needed].flatMap((path) => inputsOf(outputs[path])), size };
}
