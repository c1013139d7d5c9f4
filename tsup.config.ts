import { defineConfig, type Options } from 'tsup';

const entries = ['tensor', 'layers', 'optim', 'training', 'io', 'transfer'];

/** For Node: few files, which load fast. The command line is one of them. */
const bundled: Options = {
  entry: Object.fromEntries([
    ['index', 'src/index.ts'],
    ...entries.map((name) => [`${name}/index`, `src/${name}/index.ts`]),
    ['cli/main', 'src/cli/main.ts'],
  ]),
  format: ['esm', 'cjs'],
  // In both formats: a class must be the same class whichever entry it is imported from.
  splitting: true,
  // Makes rollup, not sucrase, turn the split modules into CommonJS: class fields and import() stay what they are.
  treeshake: true,
  // tsup's declaration build sets baseUrl, which TypeScript 6 refuses unless told otherwise.
  dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  sourcemap: true,
  clean: true,
  target: 'es2022',
  // One build for Node and browsers: node: modules are imported dynamically, under their full names, where needed.
  platform: 'neutral',
  external: [/^node:/],
  removeNodeProtocol: false,
};

/**
 * For bundlers: each source a module of its own, so that they leave out what an app does not use, and load late what it
 * loads late.
 */
const modules: Options = {
  entry: ['src/**/*.ts', '!src/cli/**', '!src/tensor/backends/wasm/assembly/**', '!src/transfer/report/browser/**'],
  outDir: 'modules',
  format: 'esm',
  bundle: false,
  clean: true,
  target: 'es2022',
  platform: 'neutral',
};

export default defineConfig([bundled, modules]);
