import { defineConfig, type Options } from 'tsup';

const entries = ['tensor', 'layers', 'optim', 'training', 'io', 'transfer'];

/**
 * Makes namespaces, such as `applications`, of calls that bundlers may leave out with all that is in them: esbuild fills
 * them by statements, which have to stay. No line comes or goes, so that source maps stay right.
 */
const droppableNamespaces: NonNullable<Options['plugins']>[number] = {
  name: 'droppable namespaces',
  renderChunk: (code) => ({
    code: code
      .replace(/^var (\w+) = \{\};\n__export\(\1, /gm, 'var $1 = /* @__PURE__ */ __export(\n{}, ')
      .replace(/^(var __export = [\s\S]*?\n)\};/m, '$1  return target; };'),
  }),
};

export default defineConfig({
  plugins: [droppableNamespaces],
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
});
