import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { tensor } from 'mapache';
import { input, layers, type Model, model } from 'mapache/layers';
import { evaluateClassifier, type ReportContents, writeReport } from 'mapache/transfer';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithBrowser, launchBrowser } from '../support/browser.js';
import { temporaryFolder } from '../support/sandbox.js';
import { randomTensor } from '../support/tensors.js';

/** Names that would run a script, end an attribute, or end the data of the page, if nobody took care. */
const hostile = [
  '<script>alert(1)</script>',
  '"><img src="http://nowhere.invalid/x" onerror=alert(2)>',
  '</script><b>&',
];

function network(): Model {
  const x = input({ shape: [8, 8, 3], name: 'image' });
  const map = layers.conv2d({ filters: 4, kernelSize: 3, activation: 'relu', name: 'conv' }).apply(x);
  const features = layers.globalAveragePooling2d({ name: 'features' }).apply(map);
  return model({
    inputs: x,
    outputs: layers.dense({ units: 3, activation: 'softmax', name: 'classes' }).apply(features),
  });
}

async function contents(): Promise<ReportContents> {
  const net = network();
  const y = tensor(Int32Array.from({ length: 12 }, (_, i) => i % 3));
  const evaluation = await evaluateClassifier(net, { x: randomTensor([12, 8, 8, 3], 3), y }, { classNames: hostile });
  const history = {
    loss: [1.2, 0.8, 0.5],
    val_loss: [1.3, 0.9, Number.NaN],
    accuracy: [0.3, 0.6, 0.8],
    val_accuracy: [0.25, 0.5, 0.75],
  };
  const epochs = [0, 1, 2];
  return {
    model: net,
    title: hostile[0],
    phases: [
      { name: 'Head', history: { history, epochs }, learningRate: 1e-3, seconds: 3, trained: '2 of 4 weights' },
      { name: hostile[2], history: { history, epochs }, learningRate: [1e-5, 5e-6, 1e-6], seconds: 200 },
    ],
    evaluation: {
      ...evaluation,
      mistakes: evaluation.mistakes.map((mistake, i) => ({ ...mistake, file: `${hostile[i % 3]}.jpg` })),
    },
    learningRates: {
      rates: [1e-5, 1e-4, 1e-3, 1e-2],
      losses: [1, 0.8, 0.5, Number.POSITIVE_INFINITY],
      suggestion: 1e-3,
    },
    skipped: [{ file: `${hostile[1]}.gif`, reason: hostile[2] as string }],
    settings: { batchSize: 32, note: hostile[0] },
    seed: 7,
    command: `mapache train "${hostile[0]}" --seed 7`,
    timings: { Training: 203 },
    versions: { Dataset: hostile[1] as string },
  };
}

describeWithBrowser('a report', () => {
  const folder = temporaryFolder();
  let browser: Browser;
  let text = '';

  beforeAll(async () => {
    const { files } = await writeReport('memory', await contents());
    text = new TextDecoder().decode(files['report.html']);
    writeFileSync(join(folder, 'report.html'), text);
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['light', 'dark'] as const)(
    'opens from a file in a %s page and asks nobody for anything',
    async (colorScheme) => {
      const page = await browser.newPage({ colorScheme, viewport: { width: 390, height: 800 } });
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('dialog', (dialog) => complaints.push(dialog.message()));
      page.on('request', (request) => requests.push(request.url()));
      const url = pathToFileURL(join(folder, 'report.html')).href;
      await page.goto(url, { waitUntil: 'load' });
      expect(complaints).toEqual([]);
      expect(requests.filter((request) => request !== url && !request.startsWith('data:image/'))).toEqual([]);

      const { sideways, ...found } = await page.evaluate(() => ({
        // Wider than a phone would mean scrolling sideways.
        sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        title: document.title,
        headings: [...document.querySelectorAll('h2')].map((heading) => heading.textContent),
        charts: [...document.querySelectorAll('[data-chart]')].map((chart) => [
          chart.getAttribute('data-chart'),
          chart.querySelectorAll('canvas').length,
        ]),
        scripts: document.scripts.length,
        unnamed: document.querySelectorAll(
          'img:not([alt]), table:not(:has(caption), .u-legend), .scroll:not([aria-label]):not(pre)',
        ).length,
        broken: [...document.images].filter((image) => image.naturalWidth === 0).length,
        pictures: document.images.length,
        columns: [...document.querySelectorAll('.confusion thead th')].slice(1).map((cell) => cell.textContent),
      }));
      expect(sideways).toBeLessThanOrEqual(0);
      expect(found).toEqual({
        title: hostile[0],
        headings: ['Training', 'Classes', 'Worst mistakes', 'Search for a learning rate', 'Model', 'To do it again'],
        charts: ['curve-loss', 'curve-accuracy', 'curve-rate', 'learning-rates'].map((chart) => [chart, 1]),
        scripts: 3,
        unnamed: 0,
        broken: 0,
        pictures: expect.any(Number),
        columns: hostile,
      });
      expect(found.pictures).toBeGreaterThan(0);
      await page.close();
    },
  );

  it('tells everything it was given, as text', async () => {
    const page = await browser.newPage();
    await page.setContent(text);
    const told = await page.evaluate(() => document.body.textContent);
    for (const expected of [
      ...hostile,
      `${hostile[1]}.gif`,
      '2 of 4 weights',
      '3 min 20 s',
      '1.00e-6',
      'mapache train "<script>alert(1)</script>" --seed 7',
      'GlobalAveragePooling2D',
      process.versions.node,
      'Copyright (c) 2022 Leon Sorokin',
    ]) {
      expect(told).toContain(expected);
    }
    await page.close();
  });
});
