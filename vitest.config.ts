import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { ConformanceReporter } from './tests/support/conformance-reporter.js';
import { SummaryReporter } from './tests/support/summary-reporter.js';

const source = (path: string) => fileURLToPath(new URL(`./src/${path}`, import.meta.url));

const folders = '{unit,gradients,properties,parity,golden,browser,package}';
// They need Python and Keras.
const kerasTests = 'tests/keras/**/*.test.ts';
const slowTests = `tests/${folders}/**/*.slow.test.ts`;
// Tests of what only a page has: vitest.browser.config.ts runs them.
const browserTests = 'tests/browser/suite/**';

// What asks for a process of its own: it sets up the engine otherwise, replaces modules, measures memory, or lists what
// is registered.
const alone = [
  'tests/unit/io/download/page.test.ts',
  'tests/unit/io/image/decoders.test.ts',
  'tests/unit/io/image/imageFolder.test.ts',
  'tests/unit/tensor/backends/wasm/canaries.test.ts',
  'tests/properties/io/*.test.ts',
  'tests/unit/docs/conformance.test.ts',
  slowTests,
];

const included = (mode: string): string[] => {
  if (mode === 'keras') return [kerasTests];
  return mode === 'slow' ? [slowTests] : [`tests/${folders}/**/*.test.ts`];
};

const excluded = (mode: string): string[] => (mode === 'slow' ? [browserTests] : [slowTests, browserTests]);

// Longer than the wasm engine is patient with its workers: it says where they stand.
const patience = (mode: string): number => (mode === 'slow' || mode === 'keras' ? 600_000 : 180_000);

// `vitest run` runs everything but the slow tests; `vitest run --mode slow` runs only those, and `--mode keras` those
// that compare with real Keras.
export default defineConfig(({ mode }) => ({
  resolve: {
    // The same mapping as `paths` in tsconfig.json: tests use the library by its public names, from source.
    alias: [
      { find: /^mapache$/, replacement: source('index.ts') },
      { find: /^mapache\/(\w+)$/, replacement: source('$1/index.ts') },
    ],
  },
  test: {
    passWithNoTests: mode === 'slow',
    setupFiles: ['tests/support/setup.ts'],
    reporters: ['default', new ConformanceReporter(), new SummaryReporter()],
    // Processes, not threads: a test that kills a worker or exhausts memory must not take the others with it.
    pool: 'forks',
    maxWorkers: 2,
    // Most files share two processes, one after the other, and so load the library twice and not two hundred times.
    projects: [
      { name: 'shared', isolate: false, include: included(mode), exclude: [...excluded(mode), ...alone] },
      {
        name: 'alone',
        isolate: true,
        include: mode === 'slow' ? [slowTests] : mode === 'keras' ? [] : alone,
        exclude: excluded(mode),
      },
    ].map((test) => ({ extends: true, test: { ...test, testTimeout: patience(mode), hookTimeout: patience(mode) } })),
  },
}));
