/** Where progress is shown. */
export interface ProgressOutput {
  /** Whether a line can be drawn again and again. */
  readonly isTerminal: boolean;
  /** Characters in a line. */
  readonly columns: number;
  /** Shows a line for good. */
  printLine(text: string): void;
  /** Shows a line that the next call replaces. Terminals only. */
  drawLine(text: string): void;
}

/** The terminal or file that the program prints to; in a browser the console. */
export function standardOutput(): ProgressOutput {
  const stream = typeof process === 'undefined' ? undefined : process.stdout;
  if (stream === undefined || typeof stream.write !== 'function') {
    return { isTerminal: false, columns: Infinity, printLine: (text) => console.log(text), drawLine: () => {} };
  }
  // Carriage return, then "erase in line": the cursor goes back and what is right of it disappears.
  const erase = stream.isTTY ? '\r\u001b[K' : '';
  return {
    isTerminal: stream.isTTY === true,
    // A terminal may be resized while training goes on.
    get columns() {
      return stream.columns ?? 80;
    },
    printLine: (text) => stream.write(`${erase}${text}\n`),
    drawLine: (text) => stream.write(`${erase}${text}`),
  };
}
