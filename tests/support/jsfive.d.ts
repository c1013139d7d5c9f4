/** The parts of jsfive that tests use: a reader that others wrote, for comparison. */
declare module 'jsfive' {
  export class Dataset {
    readonly shape: readonly number[];
    readonly attrs: Readonly<Record<string, unknown>>;
    readonly value: readonly number[];
  }
  export class Group {
    readonly keys: readonly string[];
    readonly attrs: Readonly<Record<string, unknown>>;
    get(name: string): Group | Dataset;
  }
  export class File extends Group {
    constructor(buffer: ArrayBuffer, name: string);
  }
}
