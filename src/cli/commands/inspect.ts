import type { Command } from 'commander';
import { describeNetwork, type NetworkDescription } from '../describeNetwork.js';
import { openModel } from '../openModel.js';
import type { Terminal } from '../terminal.js';

interface InspectOptions {
  readonly json?: boolean;
  readonly nested: boolean;
}

/** `mapache inspect <model>` */
export function addInspect(program: Command, terminal: Terminal): Command {
  return program
    .command('inspect')
    .summary('show what is in a model')
    .description('Shows layers, shapes and parameters of a model, its cost, and what is trainable.')
    .argument('<model>', 'a file (.keras, .h5), a folder with a model.json, an address, or a name such as mobilenetV2')
    .option('--no-nested', 'do not look into models inside the model')
    .option('--json', 'print JSON')
    .action(async (source: string, { json, nested }: InspectOptions) => {
      const model = await openModel(source, terminal);
      const network = describeNetwork(model, nested);
      if (json) terminal.data(JSON.stringify(network, null, 2));
      else {
        model.summary({ expandNested: nested, print: (text) => terminal.data(text) });
        for (const line of facts(network)) terminal.data(` ${line}`);
      }
    });
}

/** What a summary does not say. */
function facts({ flops, metadata }: NetworkDescription): readonly string[] {
  const { classNames, preprocessing, inputRange } = metadata;
  const range = Array.isArray(inputRange) ? `, which gives ${inputRange.join(' to ')}` : '';
  return [
    flops === null ? 'FLOPs: not known, as the size of the input may vary' : `FLOPs for one sample: ${millions(flops)}`,
    ...(Array.isArray(classNames) ? [`Classes (${classNames.length}): ${shortened(classNames.map(String))}`] : []),
    ...(typeof preprocessing === 'string' ? [`Preprocessing of pixels: ${preprocessing}${range}`] : []),
  ];
}

function millions(flops: number): string {
  return `${(flops / 1e6).toLocaleString('en-US', { maximumSignificantDigits: 4 })} million`;
}

function shortened(names: readonly string[]): string {
  return names.length > 20 ? `${names.slice(0, 20).join(', ')}, …` : names.join(', ');
}
