import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { addHead, applications, loadImages, loadModel, setRandomSeed } from 'mapache';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../src/cli/runCli.js';
import { convolutionalBase } from '../../support/convolutional-base.js';
import { temporaryFolder } from '../../support/sandbox.js';
import { type RecordedTerminal, recordedTerminal } from '../../support/terminal.js';

const folder = temporaryFolder();
const path = (...names: readonly string[]): string => join(folder, ...names);
const base = path('base.keras');

interface Outcome extends RecordedTerminal {
  readonly code: number;
}

async function mapache(...args: readonly string[]): Promise<Outcome> {
  const terminal = recordedTerminal(args);
  return { ...terminal, code: await runCli(terminal) };
}

/** All numbers of a saved model. */
async function weights(name: string): Promise<string> {
  const numbers = (await loadModel(path(name))).weights.map(async ({ value }) => Array.from(await value.data()));
  return JSON.stringify(await Promise.all(numbers));
}

/** A picture in shades of one colour, which a network can tell from another colour. */
async function paint(file: string, red: number, blue: number): Promise<void> {
  const [width, height] = [10, 9];
  const shades = Array.from({ length: width * height }, (_, i) => [red - i / 4, 40 + i / 2, blue - i / 4]);
  await sharp(Uint8Array.from(shades.flat(), Math.abs), { raw: { width, height, channels: 3 } })
    .png()
    .toFile(file);
}

beforeAll(async () => {
  // Of some bases drawn at random nothing comes through: they see no difference between pictures.
  setRandomSeed(1);
  const net = convolutionalBase();
  net.metadata = { preprocessing: 'tf', inputRange: [-1, 1] };
  await net.save(base);
  await addHead(net, { classes: 5 }).save(path('five.keras'));
  for (const name of ['warm', 'cöld photos']) {
    mkdirSync(path('photos', name), { recursive: true });
    for (let i = 0; i < 10; i++) {
      const [red, blue] = name === 'warm' ? [200 + i, 30] : [30, 200 + i];
      await paint(path('photos', name, `${i}.png`), red, blue);
    }
  }
  writeFileSync(path('photos', 'warm', 'notes.txt'), 'not a picture');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('mapache train, predict, evaluate', () => {
  const model = path('out put.keras');
  let whole: Promise<Outcome> | undefined;

  it('learns from a folder and names what is on a new picture', async () => {
    const args = ['train', path('photos'), '--base', base, '--out', model, '--epochs', '20', '--learning-rate', '0.05'];
    const trained = await mapache(...args, '--fine-tune', '1', '--seed', '3');
    expect(trained.stderr()).toContain('notes.txt');
    expect(trained.stderr()).toContain('16 pictures to learn from, 4 to measure with: cöld photos, warm.');
    expect(trained.stderr()).toContain('are kept for 16 training samples');
    expect(trained.stderr()).toContain(`Saved ${model}`);
    expect(trained).toMatchObject({ code: 0 });
    expect(trained.stdout()).toBe('');
    const report = readFileSync(path('out put.html'), 'utf8');
    for (const part of ['Fine-tuning', 'cöld photos', 'notes.txt', '--fine-tune']) expect(report).toContain(part);

    await paint(path('new.png'), 220, 20);
    const predicted = await mapache('predict', model, path('new.png'), path('photos', 'warm', 'notes.txt'));
    expect(predicted.code).toBe(0);
    expect(predicted.stdout()).toMatch(/new\.png\s+warm\s+\d/);
    expect(predicted.stderr()).toContain('notes.txt');

    const json = await mapache('predict', model, path('new.png'), '--json', '--top', '1');
    expect(JSON.parse(json.stdout())).toMatchObject([{ predictions: [{ className: 'warm' }], error: null }]);
  });

  it('measures how well the classes are told apart', async () => {
    const { code, stdout } = await mapache('evaluate', model, path('photos'));
    expect(code).toBe(0);
    expect(stdout()).toMatch(/accuracy 100\.0 % of 20 pictures[\s\S]*warm\s+100\.0 %\s+100\.0 %\s+100\.0 %\s+10/);
    const args = ['evaluate', model, path('photos'), '--json', '--report', path('measured.html')];
    const measured = JSON.parse((await mapache(...args)).stdout());
    expect(measured).toMatchObject({
      samples: 20,
      accuracy: 1,
      confusion: [
        [10, 0],
        [0, 10],
      ],
      mistakes: [],
    });
    expect(readFileSync(path('measured.html'), 'utf8')).toContain('notes.txt');
  });

  it('prepares pixels for a model that leaves that to others', async () => {
    const net = addHead(await loadModel(base), { classes: ['cöld photos', 'warm'] });
    await net.save(path('bare.keras'));
    const pixels = await loadImages([path('photos', 'warm', '0.png')], { size: [8, 8] });
    const expected = await (await net.predict(applications.preprocessor('tf')(pixels))).data();
    const args = ['predict', path('bare.keras'), path('photos', 'warm', '0.png'), '--json', '--top', '2'];
    const [{ predictions }] = JSON.parse((await mapache(...args)).stdout());
    for (const { label, score } of predictions) expect(score).toBeCloseTo(expected[label] as number, 5);
  });

  it('gives the same bits for the same seed', async () => {
    for (const out of ['a.keras', 'b.keras']) {
      const args = ['train', path('photos'), '--base', base, '--out', path(out), '--epochs', '2', '--seed', '5'];
      expect(await mapache(...args)).toMatchObject({ code: 0 });
    }
    expect(await weights('a.keras')).toBe(await weights('b.keras'));
  });

  it.each([
    ['while the head trains', 'Epoch 2/3'],
    ['while the base is fine-tuned', 'Epoch 1/2'],
  ])('stops at Ctrl-C %s, and goes on to the same bits when the same command is given again', async (_, moment) => {
    const args = ['train', path('photos'), '--base', base, '--epochs', '3', '--fine-tune', '2', '--seed', '5', '--out'];
    whole ??= mapache(...args, path('whole.keras'));
    expect(await whole).toMatchObject({ code: 0 });
    const terminal = recordedTerminal([...args, path('stopped.keras')]);
    const talk = terminal.progress.printLine;
    const stopping = {
      ...terminal,
      progress: {
        ...terminal.progress,
        printLine: (text: string) => {
          talk(text);
          if (text.startsWith(moment)) terminal.interrupt();
        },
      },
    };
    expect(await runCli(stopping)).toBe(130);
    expect(terminal.stderr()).toContain('The same command goes on from there.');
    expect(existsSync(path('stopped.keras'))).toBe(false);
    expect(await mapache(...args, path('stopped.keras'))).toMatchObject({ code: 0 });
    expect(existsSync(path('stopped.keras.backup'))).toBe(false);
    expect(await weights('stopped.keras')).toBe(await weights('whole.keras'));
    rmSync(path('stopped.keras'));
  });

  it('augments pictures while fine-tuning, from the start or never, as it is told', async () => {
    const args = ['train', path('photos'), '--base', base, '--epochs', '1', '--fine-tune', '1', '--out'];
    const results = [];
    for (const [name, ...more] of [['usual'], ['never', '--no-augment'], ['always', '--augment']]) {
      const { code, stderr } = await mapache(...args, path(`${name}.keras`), ...more);
      expect(code).toBe(0);
      const [head, all] = stderr()
        .split('\n')
        .filter((line) => line.startsWith('Epoch 1/1'))
        .map((line) => /loss: .*/.exec(line)?.[0]);
      results.push({ head, all });
    }
    const [usual, never, always] = results;
    expect(usual?.head).toBe(never?.head);
    expect(usual?.all).not.toBe(never?.all);
    expect(always?.head).not.toBe(usual?.head);
  });
});

describe('mapache inspect', () => {
  it('shows layers, parameters and cost', async () => {
    const { code, stdout } = await mapache('inspect', base);
    expect(code).toBe(0);
    expect(stdout()).toMatch(
      /conv1 \(Conv2D\)[\s\S]*Total params[\s\S]*FLOPs for one sample: 0\.00\d+ million[\s\S]*tf, which gives -1 to 1/,
    );
  });

  it('gives JSON', async () => {
    const network = JSON.parse((await mapache('inspect', base, '--json')).stdout());
    expect(network).toMatchObject({ name: 'base', inputShapes: [[null, 8, 8, 3]], metadata: { preprocessing: 'tf' } });
    const sum = (key: string): number =>
      network.layers.reduce((n: number, layer: Record<string, number>) => n + (layer[key] ?? 0), 0);
    expect(sum('parameters')).toBe(network.parameters.total);
    expect(sum('trainableParameters')).toBe(network.parameters.trainable);
  });
});

describe('mapache convert', () => {
  it.each(['x.keras', 'x.weights.h5', 'x.safetensors', 'folder'])('writes %s', async (name) => {
    const { code, stderr } = await mapache('convert', base, path(name));
    expect(stderr()).toContain('Saved');
    expect(code).toBe(0);
    const model = convolutionalBase();
    const report = name.includes('.') && name !== 'x.keras' ? await model.loadWeights(path(name)) : null;
    const loaded = report === null ? await loadModel(path(name)) : model;
    const original = await loadModel(base);
    for (const [i, { value }] of original.weights.entries()) {
      expect(await loaded.weights[i]?.value.data()).toEqual(await value.data());
    }
  });

  it('stores fewer bits in a folder, and only there', async () => {
    expect(await mapache('convert', base, path('small'), '--quantize', 'uint8')).toMatchObject({ code: 0 });
    expect(readFileSync(path('small', 'model.json'), 'utf8')).toContain('"quantization"');
    const refused = await mapache('convert', base, path('small.keras'), '--quantize', 'uint8');
    expect(refused.code).toBe(1);
    expect(refused.stderr()).toContain('--quantize');
  });
});

describe('what goes wrong', () => {
  it.each([
    ['no command', [], 2, /Usage/],
    ['an unknown command', ['fly'], 2, /unknown command 'fly'/],
    ['an unknown option', ['inspect', base, '--wings'], 2, /unknown option '--wings'/],
    ['a number that is none', ['train', folder, '--epochs', 'many'], 2, /whole number of at least 1/],
    ['a fraction above 1', ['train', folder, '--validation-split', '1.5'], 2, /below 1/],
    ['a model that is not there', ['inspect', path('none.keras')], 1, /none\.keras/],
    ['a base that is not there', ['train', path('photos'), '--base', path('none.h5')], 1, /none\.h5/],
    ['a network that is not there', ['inspect', 'mobilnetV2'], 1, /no file 'mobilnetV2'.*mobileNetV2/],
    [
      'classes nobody knows',
      ['evaluate', path('five.keras'), path('photos')],
      1,
      /5 outputs.*2 classes: cöld photos, warm/,
    ],
    ['a format that is not written', ['convert', base, path('x.h5')], 1, /x\.h5' is not written.*\.keras/],
    ['a folder that is not there', ['train', path('nowhere'), '--base', base], 1, /nowhere/],
    ['a model that tells no classes apart', ['predict', base, path('new.png')], 1, /one output of shape/],
    [
      'no picture that can be read',
      ['predict', path('out put.keras'), path('photos', 'warm', 'notes.txt')],
      1,
      /notes\.txt[\s\S]*None of the pictures/,
    ],
    ['a quantisation that is unknown', ['convert', base, path('q'), '--quantize', 'int3'], 2, /uint8, uint16, float16/],
  ] as const)('%s', async (_, args, code, message) => {
    const { stderr, ...outcome } = await mapache(...args);
    expect(stderr()).toMatch(message);
    expect(outcome.code).toBe(code);
  });

  it('is explained by --help, which goes to stdout', async () => {
    for (const command of ['train', 'predict', 'evaluate', 'inspect', 'convert']) {
      const { code, stdout } = await mapache(command, '--help');
      expect(code).toBe(0);
      expect(stdout()).toContain(`Usage: mapache ${command}`);
    }
    expect((await mapache('--version')).stdout()).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
