/** The parts of jsfive that are used. */
declare module 'jsfive' {
  /** What the library knows of an object. Not meant for others, but limits can be set nowhere else. */
  interface DataObjects {
    /** Size of a chunk; `null` if the array is in one piece. @throws {unknown} */
    readonly chunks: readonly number[] | null;
    /** Collections of texts by their address. */
    _global_heaps: Record<number, unknown>;
    _vlen_size_and_data(file: ArrayBuffer, offset: number): [size: number, data: ArrayBuffer | undefined];
    find_msg_type(type: number): readonly unknown[];
  }
  export class Dataset {
    readonly _dataobjects: DataObjects;
    readonly shape: readonly number[];
    readonly attrs: Readonly<Record<string, unknown>>;
    /** Such as `'<f4'`; a list for texts of any length and references. @throws {unknown} */
    readonly dtype: string | readonly unknown[];
    /** All numbers, in C order; a hole where the file has none. @throws {unknown} */
    readonly value: readonly number[];
    readonly fillvalue: number;
  }
  export class Group {
    readonly _dataobjects: DataObjects;
    /** Addresses of members, by name; a path where there is a soft link. */
    readonly _links: Readonly<Record<string, number | string>>;
    readonly keys: readonly string[];
    readonly attrs: Readonly<Record<string, unknown>>;
    get(name: string): Group | Dataset;
  }
  export class File extends Group {
    constructor(buffer: ArrayBuffer, name: string);
  }
  /** What undoes compression, by the number HDF5 has for it. */
  export const Filters: Map<number, (chunk: ArrayBuffer, itemSize: number, options: readonly number[]) => ArrayBuffer>;
}
