/**
 * What it costs to train a head for ten epochs on kept features, beside one pass of inference over the same pictures:
 *
 *     npm run bench:features -- folder-of-pictures [MobileNetV2-no-top.h5]
 */
import { addHead, applications, freeze, imageFolder, setBackend, setRandomSeed } from 'mapache';
import { compare } from '../harness.js';
import { formatTable, rounded, writeReport } from '../report.js';

const [folder, weights] = process.argv.slice(2);
if (folder === undefined) throw new Error('Give a folder of pictures, one folder for each class.');
setBackend('wasm');
setRandomSeed(7);
const { train, classNames } = await imageFolder(folder, { size: [160, 160], seed: 7 });
const base = await applications.mobileNetV2({ includeTop: false, weights: null, inputShape: [160, 160, 3] });
if (weights !== undefined) await base.loadWeights(weights);
freeze(base);
const head = () => {
  const model = addHead(base, { classes: classNames, dropout: 0.2, rescaling: { scale: 1 / 127.5, offset: -1 } });
  model.compile({ optimizer: 'adam', metrics: ['accuracy'] });
  return model;
};
const inference = head();

const measurements = await compare(
  [
    { name: 'one pass of inference', run: () => inference.predict(train) },
    // A new model has nothing kept: the first epoch computes the features.
    { name: '10 epochs of a head', run: () => head().fit(train, { epochs: 10, verbose: 0 }) },
  ],
  { warmUps: 0, rounds: 3 },
);
const [pass, training] = measurements.map(({ median }) => median / 1000) as [number, number];
const rows = measurements.map(({ name, median, ratio }) => ({
  job: name,
  pictures: train.size,
  'median s': rounded(median / 1000),
  ratio: rounded(ratio),
}));
console.log(formatTable(rows));
console.log(`allowed: 1.3 passes and 2 s, ${rounded(1.3 * pass + 2)} s; taken: ${rounded(training)} s`);
await writeReport({
  name: 'features',
  about:
    'MobileNetV2 at 160 pixels, frozen, with a new head: ten epochs of training on features that the first epoch computes ' +
    'and keeps, beside one pass of inference over the same pictures; both decode them. Interleaved, medians.',
  peers: {},
  leftOut: [],
  tables: { features: rows },
});
