import { Command, CommanderError } from 'commander';
import { MapacheError } from '../tensor/index.js';
import { version } from '../transfer/index.js';
import { CommandError } from './commandError.js';
import { addConvert } from './commands/convert.js';
import { addEvaluate } from './commands/evaluate.js';
import { addInspect } from './commands/inspect.js';
import { addPredict } from './commands/predict.js';
import { addTrain } from './commands/train.js';
import type { Terminal } from './terminal.js';

/** What the process tells whoever started it. */
export const exitCodes = { done: 0, failed: 1, misused: 2, interrupted: 130 } as const;

/**
 * Runs the command line `mapache`.
 * @returns the exit code: 0, 1 after an error, 2 for a command line that makes no sense, 130 after Ctrl-C.
 */
export async function runCli(terminal: Terminal): Promise<number> {
  const program = new Command('mapache')
    .description(
      'Teach a network that somebody trained to tell your own pictures apart.\n\n' +
        'Start with a folder that has a folder of pictures for each class:\n\n' +
        '  mapache train photos --out photos.keras\n' +
        '  mapache predict photos.keras new.jpg',
    )
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.data(text.trimEnd()),
      writeErr: (text) => terminal.talk(text.trimEnd()),
    })
    .showHelpAfterError('(--help shows what can be said)')
    .helpCommand(true);
  for (const add of [addTrain, addPredict, addEvaluate, addInspect, addConvert]) {
    const command = add(program, terminal);
    command.copyInheritedSettings(program);
  }
  try {
    await program.parseAsync(terminal.args, { from: 'user' });
    return terminal.signal.aborted ? exitCodes.interrupted : exitCodes.done;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.misused;
    if (terminal.signal.aborted) return exitCodes.interrupted;
    if (!(error instanceof MapacheError) && !(error instanceof CommandError) && !isSystemError(error)) throw error;
    terminal.talk(`error: ${error.message}`);
    return exitCodes.failed;
  }
}

/** An error of the operating system: a file that is not there, a disk that is full. */
function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
