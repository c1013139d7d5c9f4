import { trainingFiles } from './trainingFiles.js';

/** A file that grows, and that a training which was interrupted can go on with where it left off. */
export class LogFile {
  #size = 0;

  private constructor(
    readonly operation: string,
    readonly path: string,
  ) {}

  /** @param size bytes to keep of an older file; fewer if it has fewer. @defaultValue all of them */
  static async open(operation: string, path: string, size = Infinity): Promise<LogFile> {
    const file = new LogFile(operation, path);
    file.#size = Math.min((await file.#files.size(path)) ?? 0, size);
    await file.#files.cut(path, file.#size);
    return file;
  }

  /** Bytes so far. */
  get size(): number {
    return this.#size;
  }

  async add(bytes: Uint8Array): Promise<void> {
    await this.#files.append(this.path, bytes);
    this.#size += bytes.length;
  }

  get #files(): ReturnType<typeof trainingFiles> {
    return trainingFiles(this.operation);
  }
}
