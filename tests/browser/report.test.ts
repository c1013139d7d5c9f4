import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { setRandomSeed, tensor } from 'mapache';
import { input, layers, type Model, model } from 'mapache/layers';
import {
  type EmbeddingMap,
  embeddingMap,
  evaluateClassifier,
  type ReportContents,
  writeReport,
} from 'mapache/transfer';
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
  const data = { x: randomTensor([12, 8, 8, 3], 3), y };
  const evaluation = await evaluateClassifier(net, data, { classNames: hostile });
  const map = await embeddingMap(net, data, { classNames: hostile });
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
    map: { ...map, points: map.points.map((point) => ({ ...point, file: `${hostile[0]}${point.position}.jpg` })) },
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
  let map: EmbeddingMap;

  beforeAll(async () => {
    setRandomSeed(7);
    const given = await contents();
    map = given.map as EmbeddingMap;
    const { files } = await writeReport('memory', given);
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
        headings: [
          'Training',
          'Classes',
          'Worst mistakes',
          'Map of samples',
          'Search for a learning rate',
          'Model',
          'To do it again',
        ],
        charts: ['curve-loss', 'curve-accuracy', 'curve-rate', 'map-of-samples', 'learning-rates'].map((chart) => [
          chart,
          1,
        ]),
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

  it('says of the sample that one points at on the map which it is, and what it was taken for', async () => {
    const page = await browser.newPage({ viewport: { width: 900, height: 800 } });
    await page.setContent(text);
    const told = await page.evaluate(() => {
      const plot = document.querySelector('[data-chart="map-of-samples"] .u-over');
      const { left, top, width, height } = plot?.getBoundingClientRect() ?? new DOMRect();
      const texts = new Set<string>();
      for (let x = 0; x < width; x += 4) {
        for (let y = 0; y < height; y += 4) {
          plot?.dispatchEvent(new PointerEvent('pointermove', { clientX: left + x, clientY: top + y }));
          texts.add(document.querySelector('.pointed')?.textContent ?? '');
        }
      }
      return [...texts];
    });
    await page.close();
    const { points } = map;
    expect(told.slice(1).sort()).toEqual(
      points
        .map(({ position, truth, prediction }) => {
          const taken = truth === prediction ? '' : `, taken for ${hostile[prediction]}`;
          return `${hostile[0]}${position}.jpg: ${hostile[truth ?? -1]}${taken}`;
        })
        .sort(),
    );
  });

  it('shortens scores and matrix of many classes, says so, and loses no sample', async () => {
    const classes = 60;
    const x = input({ shape: [6] });
    const net = model({ inputs: x, outputs: layers.dense({ units: classes, activation: 'softmax' }).apply(x) });
    const y = tensor(Int32Array.from({ length: 300 }, (_, i) => i % classes));
    const classNames = Array.from({ length: classes }, (_, k) => `a class of a rather long name, number ${k}`);
    const evaluation = await evaluateClassifier(net, { x: randomTensor([300, 6], 3), y }, { classNames });
    const { files } = await writeReport('memory', { model: net, evaluation });
    const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    await page.setContent(new TextDecoder().decode(files['report.html']));
    const found = await page.evaluate(() => {
      const matrix = document.querySelector('.confusion');
      const cells = [...(matrix?.querySelectorAll('td') ?? [])].map((cell) =>
        Number(cell.textContent?.replace('·', '0')),
      );
      const [score, all] = document.querySelectorAll('.scores tbody');
      const [pair] = document.querySelectorAll('.pairs tbody tr');
      return {
        sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        columns: [...(matrix?.querySelectorAll('thead th') ?? [])].length - 1,
        caption: matrix?.querySelector('caption')?.textContent,
        samples: cells.reduce((sum, value) => sum + value, 0),
        scores: [score?.children.length, all?.children.length],
        pair: [...(pair?.children ?? [])].map((cell) => cell.textContent),
      };
    });
    await page.close();
    const [{ truth, prediction, count } = { truth: -1, prediction: -1, count: -1 }] = evaluation.confusions;
    expect(found).toEqual({
      sideways: 0,
      columns: 13,
      caption: expect.stringMatching(/the 12 classes .* of 60; the others are counted together/),
      samples: 300,
      scores: [12, classes],
      pair: [classNames[truth], classNames[prediction], String(count), `${(20 * count).toFixed(1)} %`],
    });
  });
});
