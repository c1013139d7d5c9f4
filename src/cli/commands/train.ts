import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Command, Option } from 'commander';
import { imageFolder } from '../../io/index.js';
import { augment, layers, type Model } from '../../layers/index.js';
import { setRandomSeed } from '../../tensor/index.js';
import { BackupAndRestore, EarlyStopping, type History, ProgressBar } from '../../training/index.js';
import {
  addHead,
  embeddingMap,
  evaluateClassifier,
  fineTune,
  freeze,
  layerGroups,
  pictureSizeOf,
  type ReportPhase,
  unfreeze,
  writeReport,
} from '../../transfer/index.js';
import { integer, number } from '../numbers.js';
import { openBase } from '../openBase.js';
import { readingProgress } from '../readingProgress.js';
import { tellSkipped } from '../tellSkipped.js';
import type { Terminal } from '../terminal.js';

interface TrainOptions {
  readonly base: string;
  readonly out: string;
  readonly epochs: number;
  readonly fineTune?: number | true;
  /** Not given: only while fine-tuning. */
  readonly augment?: boolean;
  readonly size?: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly dropout: number;
  readonly validationSplit: number;
  readonly preprocessing?: string;
  readonly classWeights?: boolean;
  readonly seed: number;
  readonly resume: boolean;
  /** `false` for none; not given for one beside the model. */
  readonly report?: string | false;
}

const usualFineTuning = 5;

/** Rates of fine-tuning, from the first layers to the head. */
const fineTuningRates = [1e-6, 1e-4] as const;

/** `mapache train <folder>` */
export function addTrain(program: Command, terminal: Terminal): Command {
  return program
    .command('train')
    .summary('teach a network to tell your pictures apart')
    .description(
      'Takes a trained network, puts a new head on it and trains the head on the pictures of <folder>, which has a folder ' +
        'for each class. With --fine-tune the upper part of the network is trained too, the slower the deeper, on pictures ' +
        'that are mirrored, turned and zoomed a little at random.',
    )
    .argument('<folder>', 'a folder with a folder of pictures for each class')
    .option('--base <name|file>', 'what to start from: mobilenetV2 and the like, or a model of your own', 'mobilenetV2')
    .option('--out <file>', 'where to save the model (.keras, or a folder for model.json)', 'model.keras')
    .option('--epochs <count>', 'how often to go through the pictures', integer(), 10)
    .option('--fine-tune [epochs]', `then train the upper part of the base too (${usualFineTuning} epochs)`, integer())
    .option('--augment', 'change pictures at random while the head trains, too, which takes longer')
    .option('--no-augment', 'train on the pictures as they are, for example if left and right matter')
    .option(
      '--size <pixels>',
      'height and width to bring pictures to (what the base was made for)',
      integer({ min: 8 }),
    )
    .option('--batch-size <count>', 'pictures in a step', integer(), 32)
    .option('--learning-rate <rate>', 'step of the optimizer (Adam) for the head', number(), 1e-3)
    .option(
      '--dropout <fraction>',
      'features to drop in front of the head while training',
      number({ min: -1e-9, max: 1 }),
      0.2,
    )
    .option('--validation-split <fraction>', 'pictures to set aside to measure with', number({ max: 1 }), 0.2)
    .option('--class-weights', 'let rare classes count more')
    .addOption(
      new Option('--preprocessing <mode>', 'what the base wants of pixels, if it does not say').choices([
        'tf',
        'torch',
        'caffe',
        'none',
      ]),
    )
    .option('--seed <number>', 'fixes all that is random', integer({ min: 0, max: 2 ** 31 - 1 }), 0)
    .option('--report <file>', 'where to write a report (beside the model, as .html)')
    .option('--no-report', 'write no report')
    .option('--no-resume', 'begin anew, even if the same command was interrupted before')
    .action((folder: string, options: TrainOptions) => train(folder, options, terminal));
}

async function train(folder: string, options: TrainOptions, terminal: Terminal): Promise<void> {
  const { out, epochs, batchSize, seed, validationSplit } = options;
  const { signal } = terminal;
  const backups = `${out}.backup`;
  const command = `mapache ${terminal.args.join(' ')}`;
  if (!options.resume) await rm(backups, { recursive: true, force: true });
  setRandomSeed(seed);
  const base = await openBase(options.base, options.size, terminal);
  describeInput(base, options, terminal);
  const size = pictureSizeOf(base);
  const data = await imageFolder(folder, {
    size,
    validationSplit,
    seed,
    signal,
    onProgress: readingProgress(terminal),
  });
  tellSkipped(data.skipped, terminal);
  const { classNames, validation, classWeights } = data;
  terminal.talk(
    `${data.train.size} pictures to learn from, ${validation?.size ?? 0} to measure with: ${classNames.join(', ')}.`,
  );
  freeze(base);
  const model = addHead(base, { classes: classNames, dropout: options.dropout, includePreprocessing: true });
  model.compile({
    optimizer: { className: 'Adam', config: { learningRate: options.learningRate } },
    metrics: ['accuracy'],
  });
  /** What both phases have in common. Each has a folder of its own for what it needs to go on after an interruption. */
  const phase = (name: string) =>
    ({
      batchSize,
      seed,
      signal,
      verbose: 0,
      validationData: validation,
      classWeight: options.classWeights ? classWeights : undefined,
      callbacks: [
        new ProgressBar({ output: terminal.progress }),
        ...(validation === null ? [] : [bestEpoch()]),
        new BackupAndRestore(`${backups}/${name}`, { deleteCheckpoint: false }),
      ],
    }) as const;
  const phases: ReportPhase[] = [];
  /** Trains, and remembers for the report how it went. */
  const record = async (name: string, learningRate: number, training: () => Promise<History>): Promise<void> => {
    const trained = `${model.trainableWeights.length} of ${model.weights.length} weights`;
    const start = performance.now();
    const history = await training();
    phases.push({ name, history, trained, learningRate, seconds: (performance.now() - start) / 1000 });
  };
  const augmented = augment(data.train, augmentations());
  terminal.talk(`Training the head on ${base.name}, which stays as it is:`);
  const forHead = options.augment === true ? augmented : data.train;
  await record('Head', options.learningRate, () => model.fit(forHead, { ...phase('head'), epochs }));
  const more = options.fineTune === true ? usualFineTuning : (options.fineTune ?? 0);
  if (more > 0 && !signal.aborted) {
    const [low, high] = fineTuningRates;
    terminal.talk(
      `Fine-tuning with ${unfreezeTop(model)} layers of the base, rates from ${low.toExponential()} below to ${high.toExponential()} above:`,
    );
    const forAll = options.augment === false ? data.train : augmented;
    await record('Fine-tuning', high, () =>
      fineTune(model, forAll, { ...phase('fine-tuning'), epochs: more, learningRate: fineTuningRates }),
    );
  }
  if (signal.aborted) {
    terminal.talk(`Stopped; what was learnt so far is in ${backups}. The same command goes on from there.`);
    return;
  }
  await model.save(out);
  await rm(backups, { recursive: true, force: true });
  terminal.talk(`Saved ${out}.`);
  if (options.report === false) return;
  const report = options.report ?? `${out.replace(/\.keras$/i, '')}.html`;
  const measured = validation ?? data.train;
  const evaluation = await evaluateClassifier(model, measured, { batchSize, signal });
  const map = await embeddingMap(model, measured, { batchSize, signal });
  const evaluatedOn = validation === null ? 'the pictures it was trained on' : 'validation pictures';
  const { skipped } = data;
  const settings = { folder, ...options, size };
  await writeReport(report, {
    model,
    title: basename(out),
    phases,
    evaluation,
    map,
    evaluatedOn,
    skipped,
    settings,
    seed,
    command,
  });
  terminal.talk(
    `Wrote ${report}: ${(100 * evaluation.accuracy).toFixed(1)} % of ${evaluation.samples} ${evaluatedOn} right.`,
  );
}

/** Changes that leave what is on a picture as it is. */
function augmentations(): Parameters<typeof augment>[1] {
  return [
    layers.randomFlip({ mode: 'horizontal' }),
    layers.randomRotation({ factor: 0.05 }),
    layers.randomZoom({ heightFactor: 0.1 }),
  ];
}

/** Keeps the weights of the epoch that measured best. */
function bestEpoch(): EarlyStopping {
  return new EarlyStopping({ monitor: 'val_loss', patience: Number.MAX_SAFE_INTEGER, restoreBestWeights: true });
}

/** Sees to it that the base says what it wants of pixels. */
function describeInput(base: Model, { preprocessing }: TrainOptions, terminal: Terminal): void {
  if (preprocessing !== undefined) base.metadata.preprocessing = preprocessing;
  else if (base.metadata.preprocessing === undefined) {
    terminal.talk(
      `warning: '${base.name}' does not say what it wants of pixels; they go in as 0 to 255. If it was trained on others, give --preprocessing.`,
    );
  }
}

/** Lets the last two groups of the base train beside the head. Returns how many layers. */
function unfreezeTop(model: Model): number {
  const bodies = layerGroups(model).length - 1;
  return unfreeze(model, { group: [bodies - 2, bodies - 1].filter((group) => group >= 0) }).layers.length;
}
