/** How one file is read. */
export interface FileReading {
  /** The most bytes the file may have. Nothing beyond is kept or allocated. */
  readonly limit: number;
  readonly signal: AbortSignal | undefined;
  /** Called with the size of the file, as soon as it is known. It may never be. */
  readonly onSize?: ((bytes: number) => void) | undefined;
  /** Called with the number of bytes that have come since the last call. */
  readonly onBytes?: ((count: number) => void) | undefined;
}

/** The files of one model, wherever they are. Paths are relative to the folder of the main file, and checked already. */
export interface ModelFiles {
  /** Name of the main file, for messages. */
  readonly name: string;
  /** The main file: text, bytes, or JSON that is parsed already. */
  main(reading: FileReading): Promise<unknown>;
  /**
   * Another file.
   * @throws {ModelFormatError} if it is missing or longer than the limit.
   */
  read(path: string, reading: FileReading): Promise<Uint8Array>;
}
