import { readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithBrowser, launchBrowser, servePage } from '../support/browser.js';
import { bundle } from '../support/bundle.js';
import { softwareGpuFlags } from '../support/chromium.js';
import { repository, temporaryFolder } from '../support/sandbox.js';
import type { ChoiceReport } from './choicePage.js';

const isolation = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** WebGL in software as usual; WebGPU is there, but no adapter that it could use. */
const withoutAdapter = softwareGpuFlags.filter((flag) => !/webgpu|Vulkan/.test(flag));

describeWithBrowser('a page that has its backend chosen', () => {
  const folder = temporaryFolder();
  let server: Server;
  let origin = '';

  beforeAll(async () => {
    await bundle(join(repository, 'tests/browser/choicePage.ts'), folder, 'page');
    const script = readFileSync(join(folder, 'page.js'), 'utf8');
    ({ server, origin } = await servePage(script, { '/isolated': isolation, '/plain': {} }));
  });

  afterAll(() => {
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function report(path: '/isolated' | '/plain', flags: readonly string[]): Promise<ChoiceReport> {
    const browser = await launchBrowser(flags);
    try {
      const page = await browser.newPage();
      await page.goto(`${origin}${path}`, { waitUntil: 'load' });
      return await page.evaluate(() => (globalThis as unknown as { report: Promise<ChoiceReport> }).report);
    } finally {
      await browser.close();
    }
  }

  /** What holds everywhere that a test runs: no graphics card, so that wasm is it, for a reason that is given. */
  function expectWasm({ available, choice, current, losses }: ChoiceReport): void {
    expect(choice).toMatchObject({ backend: 'wasm', reason: expect.stringMatching(/webgpu.*webgl2/s) });
    expect(choice.device).toBe(available.find(({ backend }) => backend === 'wasm')?.device);
    expect(current).toBe('wasm');
    expect(losses.at(-1)).toBeLessThan(losses[0] as number);
    expect(available).toEqual([
      expect.objectContaining({ backend: 'reference', isAvailable: true }),
      expect.objectContaining({ backend: 'wasm', isAvailable: true }),
      ...['webgpu', 'webgl2', 'headlessgl'].map((mode) => expect.objectContaining({ backend: 'gpu', mode })),
    ]);
    for (const { isAvailable, device, reason } of available) {
      if (isAvailable) expect(device).not.toBe('');
      else expect(reason).toBeTruthy();
    }
  }

  const modeOf = ({ available }: ChoiceReport, wanted: string) => available.find(({ mode }) => mode === wanted);

  it.each(['/isolated', '/plain'] as const)('never gets one that draws in software: %s', async (path) => {
    const found = await report(path, softwareGpuFlags);
    expect(found).toMatchObject({
      isolated: path === '/isolated',
      has: { webgpu: true, adapter: true, webgl2: true },
    });
    expectWasm(found);
    for (const mode of ['webgpu', 'webgl2']) {
      expect(modeOf(found, mode)).toMatchObject({ isAvailable: true, kind: 'software' });
    }
    expect(found.choice.reason).toMatch(/SwiftShader.* is software/i);
    expect(found.choice.device).toMatch(path === '/isolated' ? /worker/ : /1 worker/);
  });

  it('is told what is missing where the browser has no WebGL', async () => {
    const found = await report('/plain', ['--disable-gpu', '--disable-software-rasterizer', '--disable-3d-apis']);
    expect(found.has).toMatchObject({ adapter: false, webgl2: false });
    expectWasm(found);
    expect(modeOf(found, 'webgpu')).toMatchObject({ isAvailable: false });
    expect(modeOf(found, 'webgl2')).toMatchObject({ isAvailable: false, reason: expect.stringMatching(/WebGL 2/) });
  });

  it('is told that WebGPU is there but has no adapter', async () => {
    const found = await report('/isolated', withoutAdapter);
    expect(found.has).toMatchObject({ webgpu: true, adapter: false });
    expectWasm(found);
    expect(modeOf(found, 'webgpu')).toMatchObject({ isAvailable: false, reason: expect.stringMatching(/adapter/) });
  });
});
