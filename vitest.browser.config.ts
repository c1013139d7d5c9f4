import { fileURLToPath } from 'node:url';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, type TestProjectConfiguration } from 'vitest/config';
import { chromiumPath, headlessFlags, noChromium, softwareGpuFlags } from './tests/support/chromium.js';
import { dataForPages, dataServer } from './tests/support/data-server.js';
import { SummaryReporter } from './tests/support/summary-reporter.js';

// The tests that need no Node, in Chromium, of the package as it is built: in one page for each way to compute there.
// `npx vitest run --config vitest.browser.config.ts --project 'gpu webgl2' tests/parity` runs some of them.

if (chromiumPath === undefined) {
  process.stderr.write(`npm run test:browser: ${noChromium}.\n`);
  process.exit(1);
}
const executablePath: string = chromiumPath;

const built = (path: string) => fileURLToPath(new URL(`./dist/${path}`, import.meta.url));

/** What a page has to be served with so that it may share memory with its workers. */
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

const everywhere = 'tests/{parity,browser/suite}/**/*.test.ts';
/** Every layer with every contract: minutes in each page. What layers are composed of is tried everywhere. */
const layers = 'tests/properties/layers/**/*.test.ts';
/** Differences need double precision. `mutations` is about the checks, not about a backend: Node runs it. */
const inDoublePrecision = 'tests/gradients/!(mutations).test.ts';

interface Page {
  readonly include: readonly string[];
  /** What `tests/support/environment.ts` reads. */
  readonly env: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Pages with the same number are open together. Neither 0, which would hold up one test file for the other. */
  readonly order: number;
}

const pages: Readonly<Record<string, Page>> = {
  'wasm isolated': {
    include: [everywhere, layers, inDoublePrecision],
    // Node tries all of it as often as it says.
    env: { MAPACHE_BACKEND: 'wasm', MAPACHE_TRIES: '0.2' },
    headers: isolation,
    order: 1,
  },
  'wasm plain': { include: [everywhere], env: { MAPACHE_BACKEND: 'wasm' }, order: 1 },
  'gpu webgl2': {
    include: [everywhere],
    env: { MAPACHE_BACKEND: 'gpu', MAPACHE_GPU_MODE: 'webgl2', MAPACHE_TRIES: '0.1' },
    order: 2,
  },
  'gpu webgpu': {
    include: [everywhere],
    env: { MAPACHE_BACKEND: 'gpu', MAPACHE_GPU_MODE: 'webgpu', MAPACHE_TRIES: '0.1' },
    order: 2,
  },
};

// In the mode `slow` the layers are tried in every page.
export default defineConfig(({ mode }) => ({
  resolve: {
    alias: [
      { find: /^mapache$/, replacement: built('index.js') },
      { find: /^mapache\/(\w+)$/, replacement: built('$1/index.js') },
    ],
  },
  test: {
    setupFiles: ['tests/support/setup.ts'],
    reporters: ['default', new SummaryReporter()],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      instances: [{ browser: 'chromium' }],
      provider: playwright({
        launchOptions: {
          executablePath,
          // Tests of what is given back ask for what nobody can reach to be collected.
          args: [...headlessFlags, ...softwareGpuFlags, '--js-flags=--expose-gc'],
          chromiumSandbox: false,
        },
      }),
    },
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: Object.entries(pages).map(
      ([name, { include, env, headers, order }]): TestProjectConfiguration => ({
        extends: true,
        plugins: [dataServer()],
        server: { headers: { ...headers } },
        test: {
          name,
          include: [...new Set([...include, ...(mode === 'slow' ? [layers] : [])])],
          env: { FC_SEED: process.env.FC_SEED ?? '', ...dataForPages, ...env },
          sequence: { groupOrder: order },
        },
      }),
    ),
  },
}));
