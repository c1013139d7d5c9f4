import { build } from 'tsup';

/**
 * Bundles a script with the library's sources into `folder`, as the module `NAME.js`: for browsers, and for bare Node.
 * @param nodePaths where else packages are looked for, besides the folders above the script.
 */
export async function bundle(
  script: string,
  folder: string,
  name: string,
  nodePaths: readonly string[] = [],
): Promise<void> {
  await build({
    entry: { [name]: script },
    outDir: folder,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    config: false,
    silent: true,
    splitting: false,
    dts: false,
    external: [/^node:/, 'sharp'],
    noExternal: [/^(?!node:|sharp)/],
    outExtension: () => ({ js: '.js' }),
    esbuildOptions: (options) => {
      options.nodePaths = [...nodePaths];
    },
  });
}
