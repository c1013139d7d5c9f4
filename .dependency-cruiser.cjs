// Who may import whom. The rules are generated from the two ladders below: a step imports only from steps before it.

const folders = ['tensor', 'optim', 'training', 'layers', 'io', 'transfer', 'cli'];

// Inside tensor: the top-level files (shape, dtype, errors ...) come first, then these.
const tensorFolders = ['ops', 'autograd', 'plan', 'backends', 'execution'];

const any = (names) => `(${names.join('|')})`;

const ladder = folders.slice(0, -1).map((folder, i) => ({
  name: `ladder-${folder}`,
  comment: `${folder} may import only from: ${folders.slice(0, i).join(', ') || 'nothing'}.`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: { path: `^src/${any(folders.slice(i + 1))}/` },
}));

const tensorLadder = tensorFolders.slice(0, -1).map((folder, i) => ({
  name: `tensor-ladder-${folder}`,
  comment: `tensor/${folder} may not import from: ${tensorFolders.slice(i + 1).join(', ')}.`,
  severity: 'error',
  from: { path: `^src/tensor/${folder}/` },
  to: { path: `^src/tensor/${any(tensorFolders.slice(i + 1))}/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...ladder,
    ...tensorLadder,
    {
      name: 'tensor-ladder-top',
      comment: 'The top-level files of tensor import only each other; what is above them is installed from above.',
      severity: 'error',
      from: { path: '^src/tensor/[^/]+$', pathNot: '^src/tensor/index[.]ts$' },
      to: { path: '^src/tensor/[^/]+/' },
    },
    {
      name: 'door-only',
      comment: "Another folder is imported through its index.ts only: import from '../tensor/index.js'.",
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/[^/]+/index[.]ts$'] },
    },
    {
      name: 'door-from-inside',
      comment: 'index.ts is the outside door of a folder; inside, import the file itself.',
      severity: 'error',
      from: { path: '^src/([^/]+)/', pathNot: '^src/[^/]+/index[.]ts$' },
      to: { path: '^src/$1/index[.]ts$' },
    },
    {
      name: 'root-door',
      comment: 'src/index.ts is for users of the library; nothing in src imports it.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^src/index[.]ts$' },
    },
    {
      name: 'known-folders',
      comment: 'A new folder must take its place on a ladder above before anything imports it.',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        path: ['^src/[^/]+/', '^src/tensor/[^/]+/'],
        pathNot: [`^src/${any(folders.slice(1))}/`, '^src/tensor/[^/]+$', `^src/tensor/${any(tensorFolders)}/`],
      },
    },
    {
      name: 'backends-apart',
      comment: 'No backend imports another.',
      severity: 'error',
      from: { path: '^src/tensor/backends/([^/]+)/' },
      to: { path: '^src/tensor/backends/[^/]+/', pathNot: '^src/tensor/backends/$1/' },
    },
    {
      name: 'no-cycles',
      comment: 'No cycles, type-only ones included.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'node-imports-are-dynamic',
      comment: 'The library runs in browsers: import a node: module with await import() where it is needed.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/cli/' },
      to: { dependencyTypes: ['core'], dependencyTypesNot: ['type-only'], dynamic: false },
    },
    {
      name: 'resolvable',
      comment: 'An import that resolves to nothing escapes every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'src-stands-alone',
      comment: 'src imports nothing from tests, examples or benchmarks.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|examples|benchmarks)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
