import type { Command } from 'commander';
import { type ClassifiedImage, classifyImages } from '../../transfer/index.js';
import { CommandError } from '../commandError.js';
import { integer } from '../numbers.js';
import { openModel } from '../openModel.js';
import { table } from '../table.js';
import type { Terminal } from '../terminal.js';

interface PredictOptions {
  readonly top: number;
  readonly size?: number;
  readonly json?: boolean;
}

/** `mapache predict <model> <images...>` */
export function addPredict(program: Command, terminal: Terminal): Command {
  return program
    .command('predict')
    .summary('say what is on pictures')
    .description('Names the likeliest classes for each picture.')
    .argument('<model>', 'a model that tells classes apart: a file, a folder, or a name such as mobilenetV2')
    .argument('<images...>', 'files of pictures')
    .option('--top <count>', 'how many classes to name for each picture', integer(), 3)
    .option('--size <pixels>', 'height and width to bring pictures to, for models that take any', integer())
    .option('--json', 'print JSON')
    .action(async (source: string, images: readonly string[], { top, size, json }: PredictOptions) => {
      const { signal } = terminal;
      const model = await openModel(source, terminal);
      const results = await classifyImages(model, images, {
        top,
        signal,
        size: size === undefined ? undefined : [size, size],
      });
      const broken = results.filter(({ error }) => error !== null);
      if (json) terminal.data(asJson(results));
      else if (broken.length < results.length) terminal.data(asTable(results));
      for (const { error } of broken) terminal.talk(`skipped: ${error?.message}`);
      if (broken.length === results.length) throw new CommandError('None of the pictures could be read.');
    });
}

function asJson(results: readonly ClassifiedImage[]): string {
  return JSON.stringify(
    results.map(({ file, predictions, error }) => ({ file, predictions, error: error?.message ?? null })),
    null,
    2,
  );
}

function asTable(results: readonly ClassifiedImage[]): string {
  return table(
    results.flatMap(({ file, predictions }) =>
      predictions.map(({ className, score }, rank) => [
        rank === 0 ? file : '',
        className,
        `${(100 * score).toFixed(1)} %`,
      ]),
    ),
  );
}
