import { checkBooleanOption } from '../../tensor/index.js';
import { LogFile } from '../files/logFile.js';
import type { Callback, CallbackState } from './callback.js';
import type { Logs } from './logs.js';
import { pythonFloat } from './pythonFormat.js';

/** Options of `CSVLogger`. */
export interface CSVLoggerOptions {
  /** What stands between two values. @defaultValue `','` */
  readonly separator?: string;
  /** Whether to go on with a file that is there already instead of replacing it. @defaultValue `false` */
  readonly append?: boolean;
}

interface Facts {
  readonly columns: readonly string[] | null;
  readonly size: number;
}

const operation = 'CSVLogger';

/**
 * Writes the logs of every epoch to a file, as Keras does: columns are `epoch`, counted from 0, and the logs of the first
 * epoch in alphabetical order; what is missing later is `NA`.
 */
export class CSVLogger implements Callback {
  readonly #path: string;
  readonly #separator: string;
  readonly #append: boolean;
  #file: LogFile | null = null;
  #columns: readonly string[] | null = null;

  /** @throws {ArgumentError} if an option is of another kind. */
  constructor(filename: string, { separator = ',', append = false }: CSVLoggerOptions = {}) {
    this.#path = filename;
    this.#separator = separator;
    this.#append = checkBooleanOption(operation, 'append', append);
  }

  async onTrainBegin(): Promise<void> {
    this.#columns = null;
    this.#file = await LogFile.open(operation, this.#path, this.#append ? Infinity : 0);
  }

  async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    const file = this.#file as LogFile;
    const rows: string[] = [];
    if (this.#columns === null) {
      this.#columns = columnsOf(logs);
      if (file.size === 0) rows.push(this.#row(['epoch', ...this.#columns]));
    }
    const values = this.#columns.map((name) => (logs[name] === undefined ? 'NA' : pythonFloat(logs[name])));
    rows.push(this.#row([String(epoch), ...values]));
    await file.add(new TextEncoder().encode(rows.join('')));
  }

  state(): CallbackState {
    const facts: Facts = { columns: this.#columns, size: this.#file?.size ?? 0 };
    return { kind: 'csvLogger', facts };
  }

  /** Rows of epochs that will be done again are removed. */
  async restore({ facts }: CallbackState): Promise<void> {
    const { columns, size } = facts as Facts;
    this.#columns = columns;
    this.#file = await LogFile.open(operation, this.#path, size);
  }

  #row(values: readonly string[]): string {
    return `${values.map((value) => this.#quoted(value)).join(this.#separator)}\r\n`;
  }

  #quoted(value: string): string {
    const needsQuotes = [this.#separator, '"', '\r', '\n'].some((text) => value.includes(text));
    return needsQuotes ? `"${value.replaceAll('"', '""')}"` : value;
  }
}

/** Epochs without validation leave room for it. */
function columnsOf(logs: Logs): readonly string[] {
  const names = Object.keys(logs).sort();
  return names.some((name) => name.startsWith('val_')) ? names : [...names, ...names.map((name) => `val_${name}`)];
}
