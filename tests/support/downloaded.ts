import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { writeFiles } from './sandbox.js';

/** What a page downloads for a script, made ready by Vite as most pages are. */
export interface Download {
  /** Sources of which something is left in what is needed at once. */
  readonly sources: readonly string[];
  /** Bytes of what is needed at once, each file compressed by itself. */
  readonly size: number;
  /** The file to start with. */
  readonly entry: string;
}

/** Makes a script ready for pages. What it imports is looked for from `folder` upwards. */
export async function downloaded(folder: string, name: string, script: string): Promise<Download> {
  const page = `${name}.ts`;
  const outDir = join(folder, name);
  writeFiles(folder, { [page]: script });
  const result = await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: join(folder, page),
        preserveEntrySignatures: 'strict',
        external: [/^node:/, 'sharp', 'gpu.js'],
      },
    },
  });
  rmSync(join(folder, page));

  const { output } = result as Rolldown.RolldownOutput;
  const chunks = new Map(output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file] as const] : [])));
  const needed = new Map<string, Rolldown.OutputChunk>();
  const need = (fileName: string): void => {
    const chunk = chunks.get(fileName);
    if (chunk === undefined || needed.has(fileName)) return;
    needed.set(fileName, chunk);
    chunk.imports.forEach(need);
  };
  const start = output.find((file) => file.type === 'chunk' && file.isEntry) as Rolldown.OutputChunk;
  need(start.fileName);

  const modules = [...needed.values()].flatMap((chunk) => Object.entries(chunk.modules));
  return {
    sources: modules.flatMap(([path, { renderedLength }]) => (renderedLength > 0 ? [path] : [])),
    size: [...needed.values()].reduce((sum, { code }) => sum + gzipSync(code).length, 0),
    entry: join(outDir, start.fileName),
  };
}
