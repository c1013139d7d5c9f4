/**
 * Transfer learning in one file: a network that was trained on colour pictures of the digits 0 to 4 learns 5 to 9 from
 * twenty pictures of each. Run it with `npm run demo`, or `npm run demo -- --backend reference`.
 */
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import {
  addHead,
  backendNames,
  cloneModel,
  embeddingMap,
  evaluateClassifier,
  fineTune,
  freeze,
  getBackend,
  type History,
  loadModel,
  type Model,
  optimizers,
  sameBits,
  setBackend,
  setRandomSeed,
  type Tensor,
  unfreeze,
  wrap,
  writeReport,
} from 'mapache';
import { makePictures, type Pictures } from './pictures.js';

const digits = [5, 6, 7, 8, 9];
const classNames = digits.map(String);
const headOptions = { classes: classNames, dropout: 0.2 } as const;
/** The recipe, with what Keras makes of it, is in recipe.md. */
const fitOptions = { batchSize: 16 } as const;
const rates = { head: 1e-2, fineTuning: 1e-4 } as const;

interface Data {
  readonly x: Tensor;
  readonly y: Tensor;
}

interface Result {
  readonly name: string;
  readonly trained: string;
  readonly accuracy: number;
  readonly seconds: number;
  readonly history: History;
}

const inFolder = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`;

function asData({ images, labels, shape }: Pictures): Data {
  return { x: wrap(images, shape, 'float32'), y: wrap(labels, [labels.length], 'int32') };
}

const { values: options } = parseArgs({ options: { backend: { type: 'string' } } });
const backend = backendNames.find((name) => name === options.backend);
if (backend !== undefined) setBackend(backend);
else if (options.backend !== undefined) throw new Error(`--backend takes one of ${backendNames.join(', ')}.`);
console.log(`Backend: ${getBackend().describe().name}, ${getBackend().describe().device}`);

const started = performance.now();
setRandomSeed(1);
const train = asData(makePictures({ digits, perClass: 20, seed: 1, split: 'train' }));
const test = asData(makePictures({ digits, perClass: 300, seed: 101, split: 'test' }));
/** A few test pictures, to draw learning curves with; nothing is chosen by them. */
const validationData = asData(makePictures({ digits, perClass: 20, seed: 101, split: 'test' }));

/** Trains with `fit`, then measures on all test pictures. */
async function run(name: string, model: Model, training: () => Promise<History>): Promise<Result> {
  const trained = `${model.trainableWeights.length} of ${model.weights.length} weights`;
  console.log(`\n${name}: training ${trained} on ${train.y.size} pictures`);
  const start = performance.now();
  const history = await training();
  const seconds = (performance.now() - start) / 1000;
  const { accuracy = 0 } = await model.evaluate(test, { batchSize: 100 });
  console.log(`${name}: ${percent(accuracy)} of ${test.y.size} test pictures right`);
  return { name, trained, accuracy, seconds, history };
}

const base = await loadModel(inFolder('base'));
freeze(base);
const model = addHead(base, headOptions);
model.summary();
model.compile({ optimizer: optimizers.adam({ learningRate: rates.head }), metrics: ['accuracy'] });
const head = await run('Head only', model, () => model.fit(train, { ...fitOptions, epochs: 30, validationData }));

unfreeze(base);
const fineTuned = await run('Fine-tuned', model, () =>
  fineTune(model, train, { ...fitOptions, epochs: 10, learningRate: rates.fineTuning, validationData }),
);

const untrained = cloneModel(base);
untrained.trainable = true;
const fresh = addHead(untrained, { ...headOptions, batchNormalization: 'training' });
fresh.compile({ optimizer: optimizers.adam({ learningRate: 3e-3 }), metrics: ['accuracy'] });
const scratch = await run('From scratch', fresh, () => fresh.fit(train, { ...fitOptions, epochs: 20, validationData }));

const saved = inFolder('out/model');
await model.save(saved);
const before = await model.predict(test.x, { batchSize: 100 });
const after = await (await loadModel(saved)).predict(test.x, { batchSize: 100 });
const identical = sameBits(await before.data(), await after.data());
if (!identical) throw new Error('The reloaded model predicts something else than the saved one.');

const table = [
  ['', 'what trained', 'test accuracy', 'time'],
  ...[scratch, head, fineTuned].map(({ name, trained, accuracy, seconds }) => [
    name,
    trained,
    percent(accuracy),
    `${seconds.toFixed(1)} s`,
  ]),
];
const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
console.log(`
${table.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')).join('\n')}`);
console.log(`
Saved, loaded again: all ${test.y.size} predictions are identical, bit for bit.`);

const report = inFolder('out/report.html');
const [without, only, tuned] = [scratch, head, fineTuned].map(({ accuracy }) => percent(accuracy));
await writeReport(report, {
  model,
  title: 'From the digits 0 to 4 to the digits 5 to 9',
  lead: `From ${train.y.size} pictures the network learnt to tell ${tuned} of ${test.y.size} others, ${only} with a new head only. From scratch, on the same pictures, it would have been ${without}, and one in five is chance.`,
  phases: [
    { ...head, learningRate: rates.head },
    { ...fineTuned, learningRate: rates.fineTuning },
  ],
  evaluation: await evaluateClassifier(model, test, { batchSize: 100, classNames }),
  evaluatedOn: 'test pictures',
  map: await embeddingMap(model, test, { batchSize: 100, classNames }),
  seed: 1,
  command: 'npm run demo',
});
console.log(`Report: ${report}`);
console.log(`Everything took ${((performance.now() - started) / 1000).toFixed(0)} s.`);
