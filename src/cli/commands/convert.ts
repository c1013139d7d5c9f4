import { type Command, Option } from 'commander';
import { CommandError } from '../commandError.js';
import { openModel } from '../openModel.js';
import type { Terminal } from '../terminal.js';

interface ConvertOptions {
  readonly quantize?: 'uint8' | 'uint16' | 'float16';
}

/** `mapache convert <in> <out>` */
export function addConvert(program: Command, terminal: Terminal): Command {
  return program
    .command('convert')
    .summary('save a model in another format')
    .description(
      'Reads a model and saves it in the format that the name of <out> says:\n\n' +
        '  x.keras         what Keras 3 opens\n' +
        '  x.weights.h5    weights alone, for Keras\n' +
        '  x.safetensors   weights alone\n' +
        '  a folder        model.json and files of weights, for TensorFlow.js',
    )
    .argument('<in>', 'a file (.keras, .h5), a folder with a model.json, an address, or a name such as mobilenetV2')
    .argument('<out>', 'where to save it')
    .addOption(
      new Option('--quantize <kind>', 'store weights in fewer bits; folders only').choices([
        'uint8',
        'uint16',
        'float16',
      ]),
    )
    .action(async (source: string, destination: string, { quantize }: ConvertOptions) => {
      const weightsOnly = /\.(weights\.h5|safetensors)$/i.test(destination);
      const isFolder = !weightsOnly && !/\.keras$/i.test(destination);
      if (quantize !== undefined && !isFolder) {
        throw new CommandError(`--quantize is for folders with a model.json; '${destination}' is none.`);
      }
      if (isFolder && /\.(h5|hdf5|json)$/i.test(destination)) {
        throw new CommandError(
          `'${destination}' is not written. Give a name that ends in .keras, .weights.h5 or .safetensors, or that of a folder.`,
        );
      }
      const model = await openModel(source, terminal);
      const { sizes } = weightsOnly
        ? await model.saveWeights(destination)
        : await model.save(destination, quantize === undefined ? {} : { quantization: quantize });
      const bytes = Object.values(sizes).reduce((total, size) => total + size, 0);
      terminal.talk(`Saved ${destination}: ${(bytes / 1e6).toFixed(1)} MB.`);
    });
}
