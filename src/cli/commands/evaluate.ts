import type { Command } from 'commander';
import { imageFolder } from '../../io/index.js';
import type { Model } from '../../layers/index.js';
import {
  type ClassifierEvaluation,
  embeddingMap,
  evaluateClassifier,
  pictureSizeOf,
  writeReport,
} from '../../transfer/index.js';
import { CommandError } from '../commandError.js';
import { integer } from '../numbers.js';
import { openModel } from '../openModel.js';
import { preparedDataset } from '../preparedDataset.js';
import { readingProgress } from '../readingProgress.js';
import { table } from '../table.js';
import { tellSkipped } from '../tellSkipped.js';
import type { Terminal } from '../terminal.js';

interface EvaluateOptions {
  readonly size?: number;
  readonly batchSize: number;
  readonly report?: string;
  readonly json?: boolean;
}

/** `mapache evaluate <model> <folder>` */
export function addEvaluate(program: Command, terminal: Terminal): Command {
  return program
    .command('evaluate')
    .summary('measure a model on pictures whose classes are known')
    .description(
      'Tells how many pictures of <folder>, which has a folder for each class, the model takes for what they are, and ' +
        'which classes it confuses.',
    )
    .argument('<model>', 'a model that tells classes apart')
    .argument('<folder>', 'a folder with a folder of pictures for each class')
    .option('--size <pixels>', 'height and width to bring pictures to, for models that take any', integer())
    .option('--batch-size <count>', 'pictures at once', integer(), 32)
    .option('--report <file>', 'also write a report (HTML), with the worst mistakes')
    .option('--json', 'print JSON')
    .action(async (source: string, folder: string, options: EvaluateOptions) => {
      const { signal } = terminal;
      const model = await openModel(source, terminal);
      const { size: pixels, batchSize, report, json } = options;
      const { classNames } = model.metadata;
      const known = Array.isArray(classNames) ? classNames.map(String) : undefined;
      const data = await imageFolder(folder, {
        size: pixels === undefined ? pictureSizeOf(model) : [pixels, pixels],
        classNames: known,
        signal,
        onProgress: readingProgress(terminal),
      });
      tellSkipped(data.skipped, terminal);
      checkClasses(model, folder, data.classNames);
      if (data.train.size === 0) throw new CommandError(`There are no pictures in '${folder}'.`);
      const pictures = preparedDataset(model, data.train);
      const evaluation = await evaluateClassifier(model, pictures, { batchSize, signal });
      terminal.data(json ? asJson(evaluation) : asText(evaluation));
      if (report === undefined) return;
      const map = await embeddingMap(model, pictures, { batchSize, signal });
      await writeReport(report, {
        model,
        evaluation,
        map,
        evaluatedOn: `pictures of ${folder}`,
        skipped: data.skipped,
      });
      terminal.talk(`Wrote ${report}.`);
    });
}

/** @throws {CommandError} if the folder has other classes than a model that does not name its own. */
function checkClasses({ name, outputShapes }: Model, folder: string, classes: readonly string[]): void {
  const outputs = outputShapes[0]?.at(-1);
  if (outputs === classes.length || (outputs === 1 && classes.length === 2)) return;
  throw new CommandError(
    `'${name}' has ${outputs} outputs and does not say what they are, and '${folder}' has ${classes.length} classes: ` +
      `${classes.join(', ')}. Give a folder for each output, in the order of their names.`,
  );
}

function asJson({ mistakes, ...numbers }: ClassifierEvaluation): string {
  return JSON.stringify({ ...numbers, mistakes: mistakes.map(({ sample: _, ...facts }) => facts) }, null, 2);
}

function asText({ samples, accuracy, loss, classes, confusions, mistakes, classNames }: ClassifierEvaluation): string {
  const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`;
  const lines = [
    `accuracy ${percent(accuracy)} of ${samples} pictures, loss ${loss.toFixed(4)}`,
    '',
    table([
      ['class', 'precision', 'recall', 'f1', 'pictures'],
      ...classes.map(({ name, precision, recall, f1, support }) => [
        name,
        percent(precision),
        percent(recall),
        percent(f1),
        String(support),
      ]),
    ]),
  ];
  const nameOf = (label: number): string => classNames[label] as string;
  if (confusions.length > 0) {
    const rows = confusions
      .slice(0, 10)
      .map(({ truth, prediction, count }) => [String(count), `${nameOf(truth)} taken for ${nameOf(prediction)}`]);
    lines.push('', table(rows));
  }
  if (mistakes.length > 0) {
    const rows = mistakes.map(({ file, position, truth, prediction, confidence }) => [
      file ?? String(position),
      `${nameOf(truth)}, taken for ${nameOf(prediction)}`,
      percent(confidence),
    ]);
    lines.push('', 'worst mistakes', table(rows));
  }
  return lines.join('\n');
}
