import { vectorBytes } from './lanes';
import { scratch } from './scratch';
import { Axis, columnsAt, rowsAt } from './windows';

/** An element of the table of taps. */
@unmanaged
export class Tap {
  /** Bytes from the start of the input to the pixel that the first pixel of the run sees. */
  source: usize;
  /** Bytes to this tap in an array of vectors, one for each tap of the window. */
  position: usize;
}

/**
 * Walks over one row of output pixels, in runs of neighbours that see the same taps: pixels at the edges one by one, all
 * those between them in one run. Where a stride is looked through backwards (`divisor` > 1) neighbours are `divisor`
 * columns apart, as those between them see other taps.
 *
 * Lives in the scratch memory, its table of taps behind it.
 */
@unmanaged
export class Runs {
  rows: Axis;
  columns: Axis;
  /** Bytes of a pixel of the input. */
  pixelBytes: usize;
  image: i32;
  row: i32;
  /** Columns `phase`, `phase + divisor`, ... are being walked over; `index` counts them. */
  phase: i32;
  index: i32;

  /** The run: its first pixel, counted over the whole batch; how many there are; and how many taps each of them sees. */
  pixel: i32;
  pixels: i32;
  taps: i32;

  // @ts-ignore: decorator
  @inline
  get table(): usize {
    return changetype<usize>(this) + offsetof<Runs>();
  }

  // @ts-ignore: decorator
  @inline
  get tableEnd(): usize {
    return this.table + <usize>this.taps * offsetof<Tap>();
  }

  /** Bytes from what a pixel sees through a tap to what its neighbour sees. */
  // @ts-ignore: decorator
  @inline
  get sourceStep(): usize {
    return <usize>this.columns.stride * this.pixelBytes;
  }

  /** Bytes of a vector for each tap of the window. */
  // @ts-ignore: decorator
  @inline
  get windowBytes(): usize {
    return <usize>(this.rows.taps * this.columns.taps) * vectorBytes;
  }

  /** Whether every column of the window lies inside the image. */
  // @ts-ignore: decorator
  @inline
  get isWhole(): bool {
    return this.columnTaps == this.columns.taps;
  }

  columnTaps: i32;
  /** Rows of the input, counted over the whole batch, that are in a cache: those before this one. */
  touched: i32;

  /** Goes to the row `unit`, counted over the whole batch. */
  startRow(unit: i32): void {
    this.image = unit / this.rows.output;
    this.row = unit % this.rows.output;
    this.phase = 0;
    this.index = 0;
  }

  /**
   * Loads what the row sees and the rows before it did not, line by line in the order of memory: the kernels, which
   * jump from pixel to pixel, would wait for each of these lines.
   */
  touch(from: usize): void {
    const rows = this.rows;
    const at = this.row * rows.stride + rows.offset;
    const span = (rows.taps - 1) * rows.dilation;
    const lowest = max((at + min(span, 0)) / rows.divisor, 0);
    const highest = min((at + max(span, 0)) / rows.divisor, rows.input - 1);
    const start = this.image * rows.input;
    const first = max(this.touched, start + lowest);
    const last = start + highest + 1;
    if (last <= first) return;
    this.touched = last;
    const rowBytes = <usize>this.columns.input * this.pixelBytes;
    touchBytes(from + <usize>first * rowBytes, <usize>(last - first) * rowBytes);
  }

  /** Goes to the next run of the row. Returns whether there is one. */
  next(): bool {
    const columns = this.columns;
    const divisor = columns.divisor;
    while (this.phase < divisor) {
      const left = (columns.output - this.phase + divisor - 1) / divisor - this.index;
      if (left > 0) {
        const column = this.phase + this.index * divisor;
        this.pixel = (this.image * this.rows.output + this.row) * columns.output + column;
        this.pixels = min(left, this.seeingTheSame(column));
        this.index += this.pixels;
        this.fillTable(column);
        return true;
      }
      this.phase++;
      this.index = 0;
    }
    return false;
  }

  /** Takes the whole row as one run, with one tap for each row of the window: its first column, wherever that is. */
  wholeRow(): void {
    const rows = this.rows;
    const columns = this.columns;
    let at = this.table;
    for (let i = 0; i < rows.taps; i++) {
      const row = rows.seen(this.row, i);
      if (row < 0) continue;
      const tap = changetype<Tap>(at);
      tap.source = <usize>((this.image * rows.input + row) * columns.input + columns.offset) * this.pixelBytes;
      tap.position = <usize>(i * columns.taps) * vectorBytes;
      at += offsetof<Tap>();
    }
    this.taps = <i32>((at - this.table) / offsetof<Tap>());
    this.pixel = (this.image * rows.output + this.row) * columns.output;
    this.pixels = columns.output;
  }

  /** Takes the pixel in one column as a run. */
  onePixel(column: i32): void {
    this.pixel = (this.image * this.rows.output + this.row) * this.columns.output + column;
    this.pixels = 1;
    this.fillTable(column);
  }

  /** How many neighbours, from `column` on, see the same taps. */
  private seeingTheSame(column: i32): i32 {
    const columns = this.columns;
    const divisor = columns.divisor;
    let lowest = i32.MAX_VALUE;
    let highest = i32.MIN_VALUE;
    for (let tap = 0; tap < columns.taps; tap++) {
      const at = column * columns.stride + columns.offset + tap * columns.dilation;
      if (at % divisor != 0) continue;
      lowest = min(lowest, at / divisor);
      highest = max(highest, at / divisor);
    }
    if (lowest > highest) return i32.MAX_VALUE;
    if (lowest < 0 || highest >= columns.input) return 1;
    return (columns.input - 1 - highest) / columns.stride + 1;
  }

  private fillTable(column: i32): void {
    const rows = this.rows;
    const columns = this.columns;
    let at = this.table;
    let seen = 0;
    for (let i = 0; i < rows.taps; i++) {
      const row = rows.seen(this.row, i);
      if (row < 0) continue;
      seen = 0;
      const start = (this.image * rows.input + row) * columns.input;
      for (let j = 0; j < columns.taps; j++) {
        const place = columns.seen(column, j);
        if (place < 0) continue;
        const tap = changetype<Tap>(at);
        tap.source = <usize>(start + place) * this.pixelBytes;
        tap.position = <usize>(i * columns.taps + j) * vectorBytes;
        at += offsetof<Tap>();
        seen++;
      }
    }
    this.columnTaps = seen;
    this.taps = <i32>((at - this.table) / offsetof<Tap>());
  }
}

let unused: i32 = 0;

/** Loads a word of every line of `bytes` bytes. */
export function touchBytes(from: usize, bytes: usize): void {
  let words = 0;
  for (const end = from + bytes; from < end; from += 64) words += load<i32>(from);
  unused = words;
}

/** Runs over the windows that an instruction's tail describes. */
export function runsOver(tail: usize, pixelBytes: usize): Runs {
  const runs = changetype<Runs>(scratch());
  runs.rows = rowsAt(tail);
  runs.columns = columnsAt(tail);
  runs.pixelBytes = pixelBytes;
  runs.touched = 0;
  return runs;
}
