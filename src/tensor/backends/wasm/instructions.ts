/** How a field of an instruction is stored: an address, a whole number, a `float32`, all of them one 32-bit word. */
export type FieldType = 'pointer' | 'int' | 'float';

/**
 * Every instruction the engine knows, with its fields in order. The classes that kernels read them through are generated
 * from this table, so that both sides agree. A kernel `x` is the function `x(record, begin, end)` in
 * `assembly/kernels/x.ts`; it computes the units `begin` to `end`, which no other thread computes.
 *
 * What has no fixed length (strides, a chain of operations) follows the fields as *tail* words.
 */
export const instructions = {
  /** One unit is 64 KiB. */
  copy: { to: 'pointer', from: 'pointer', bytes: 'int' },

  // elementwise

  /**
   * Steps of `operations.ts` on `size` elements, `tile` of them at a time, which is one unit. The tail has `slots`
   * slots, `steps` steps, then the walks of the operands (`assembly/elementwise/records.ts`).
   */
  elementwise: { size: 'int', tile: 'int', slots: 'int', steps: 'int' },
  /** The same in double precision. */
  elementwiseWide: { size: 'int', tile: 'int', slots: 'int', steps: 'int' },

  // reductions

  /**
   * `[outer, count, inner] -> [outer, parts, inner]`: each part folds `part` of the `count` rows. One unit is one part of
   * `block` columns. `operation` is one of `assembly/reduction/operations.ts`.
   */
  reduce: {
    ...{ to: 'pointer', from: 'pointer', operation: 'int', dtype: 'int' },
    ...{ count: 'int', part: 'int', parts: 'int', inner: 'int', block: 'int' },
  },
  /** `[outer, count, inner] -> [outer, inner]`. One unit is one result. */
  argMax: { to: 'pointer', from: 'pointer', dtype: 'int', count: 'int', inner: 'int' },

  // matrix products and convolutions

  /**
   * Matrices `C = A B` of `rows` x `columns`, B packed in blocks of `block` rows; A is stored transposed if `transposed`.
   * One unit is `unitRows` x `unitColumns` numbers of one C.
   */
  product: {
    ...{ a: 'pointer', b: 'pointer', c: 'pointer', bias: 'pointer', residual: 'pointer', mask: 'pointer' },
    ...{ maximum: 'float', flags: 'int', rows: 'int', columns: 'int', depth: 'int', transposed: 'int' },
    ...{ aRowBytes: 'int', cRowBytes: 'int' },
    ...{ aMatrixBytes: 'int', bMatrixBytes: 'int', cMatrixBytes: 'int', biasMatrixBytes: 'int' },
    ...{ block: 'int', unitRows: 'int', unitColumns: 'int' },
  },
  /**
   * A grid of `rows` pixels of y, each of which sees `depth` numbers of x through a window: tap (i, j) of the window of
   * the pixel (u, v) is the pixel (stride u + origin + step i, ...) of x, and (u, v) itself lies at
   * `u yRowBytes + v yPixelBytes` in y. Units are as in `product`, for one group of channels.
   */
  convolve: {
    ...{ x: 'pointer', filter: 'pointer', y: 'pointer', bias: 'pointer', residual: 'pointer', mask: 'pointer' },
    ...{ maximum: 'float', flags: 'int', rows: 'int', columns: 'int', depth: 'int' },
    ...{ height: 'int', width: 'int', channels: 'int', xPixelBytes: 'int', tapsX: 'int' },
    ...{ gridHeight: 'int', gridWidth: 'int', yImageBytes: 'int', yRowBytes: 'int', yPixelBytes: 'int' },
    ...{ strideY: 'int', strideX: 'int', originY: 'int', originX: 'int', stepY: 'int', stepX: 'int' },
    ...{ filterGroupBytes: 'int', period: 'int', block: 'int', unitRows: 'int', unitColumns: 'int' },
  },
  /** The right operand of a product, packed. One unit is 16 rows of one matrix. */
  packPanels: {
    ...{ to: 'pointer', from: 'pointer', depth: 'int', columns: 'int', rowBytes: 'int' },
    ...{ fromMatrixBytes: 'int', toMatrixBytes: 'int', period: 'int', block: 'int' },
  },
  /** The same, where columns are stored as rows, for every tap of a window. One unit is 8 columns of one matrix. */
  packTransposed: {
    ...{ to: 'pointer', from: 'pointer', depth: 'int', columns: 'int', columnBytes: 'int' },
    ...{ channels: 'int', tapsX: 'int', tapRowBytes: 'int', tapColumnBytes: 'int' },
    ...{ fromMatrixBytes: 'int', toMatrixBytes: 'int', period: 'int', block: 'int' },
  },
  /**
   * A convolution with 3 x 3 filters in tiles of 2 x 2 pixels of y, `tilesX` x `tilesY` for each image; the first one sees
   * x from (originY, originX) on. `filter` is what `transformFilters` makes. One unit is `unitColumns` filters of
   * `unitTiles` tiles.
   */
  winograd: {
    ...{ x: 'pointer', filter: 'pointer', y: 'pointer', bias: 'pointer', residual: 'pointer', mask: 'pointer' },
    ...{ maximum: 'float', flags: 'int', height: 'int', width: 'int', channels: 'int', originY: 'int', originX: 'int' },
    ...{ yHeight: 'int', yWidth: 'int', columns: 'int', tilesY: 'int', tilesX: 'int', tiles: 'int' },
    ...{ filterMatrixBytes: 'int', block: 'int', unitTiles: 'int', unitColumns: 'int' },
  },
  /** 9 packed matrices, one for each tap of 3 x 3 filters, as 16 in the same place. One unit is 4 KiB of each. */
  transformFilters: { filter: 'pointer', matrixBytes: 'int' },
  /** Both `product` and `convolve` in double precision, the filter as it is. Steps are numbers. One unit is a pixel. */
  convolveDouble: {
    ...{ x: 'pointer', filter: 'pointer', y: 'pointer', columns: 'int', images: 'int' },
    ...{ gridHeight: 'int', gridWidth: 'int', height: 'int', width: 'int' },
    ...{ tapsY: 'int', tapsX: 'int', channels: 'int' },
    ...{ strideY: 'int', originY: 'int', stepY: 'int', strideX: 'int', originX: 'int', stepX: 'int' },
    ...{ xMatrix: 'int', xImage: 'int', xRow: 'int', xPixel: 'int', xChannel: 'int' },
    ...{ yMatrix: 'int', yImage: 'int', yRow: 'int', yPixel: 'int' },
    ...{ filterMatrix: 'int', filterRow: 'int', filterColumn: 'int', filterChannel: 'int', filterFilter: 'int' },
  },

  // filter gradients

  /**
   * One unit is a block of the filter computed from one part of the pixels; blocks of a part stand side by side. `filter`
   * and `sums` (of dy over the pixels, if wanted) get one array for each part. `inPlace` is 1 if the patch of a pixel is
   * the pixel. Tail: `Patches`.
   */
  filterGradient: {
    ...{ x: 'pointer', dy: 'pointer', filter: 'pointer', sums: 'pointer' },
    ...{ groups: 'int', patchSize: 'int', groupFilters: 'int' },
    ...{ rowBlocks: 'int', rowsPerBlock: 'int', columnBlocks: 'int', columnsPerBlock: 'int' },
    ...{ pixels: 'int', pixelsPerPart: 'int', inPlace: 'int' },
  },
  /** The same in double precision. One unit is one row of the filter of one group. Tail: `Patches`. */
  filterGradientDouble: {
    ...{ x: 'pointer', dy: 'pointer', filter: 'pointer' },
    ...{ groups: 'int', patchSize: 'int', groupFilters: 'int', pixels: 'int' },
  },
  /** One unit is 1024 numbers. */
  sumParts: { to: 'pointer', from: 'pointer', parts: 'int', size: 'int' },

  // depthwise convolutions
  /**
   * Each channel with filters of its own, packed by `packDepthwise`. One unit is a row of the output. `kernel` is one of
   * `depthwiseKernels`. Tail: windows.
   */
  depthwise: {
    ...{ to: 'pointer', from: 'pointer', filter: 'pointer', channels: 'int', elementBytes: 'int', kernel: 'int' },
    ...{ bias: 'pointer', residual: 'pointer', mask: 'pointer', maximum: 'float', flags: 'int' },
  },
  /**
   * A filter [taps, channels] in blocks of as many channels as a vector holds: [block, taps, channel], the last block
   * filled up with zeros. `flipped`: the taps from last to first. One unit is a block.
   */
  packDepthwise: {
    ...{ to: 'pointer', from: 'pointer', taps: 'int', channels: 'int', elementBytes: 'int', flipped: 'int' },
  },
  /**
   * The filter gradient of `depthwise` in `parts` parts, for `sumDepthwiseParts` to add up. One unit is a part of the rows
   * of `dy` and one of `groups` groups of channels, `groupBlocks` blocks each. Tail: windows.
   */
  depthwiseFilterGradient: {
    ...{ to: 'pointer', from: 'pointer', dy: 'pointer', channels: 'int', elementBytes: 'int', kernel: 'int' },
    ...{ rows: 'int', parts: 'int', groups: 'int', groupBlocks: 'int' },
  },
  /** Adds up parts of packed filters and unpacks the sum: the other way round from `packDepthwise`. */
  sumDepthwiseParts: {
    ...{ to: 'pointer', from: 'pointer', parts: 'int', taps: 'int', channels: 'int', elementBytes: 'int' },
  },
  /** Every number `times` times: `to[i * times + j] = from[i]`. One unit is 4096 of them. */
  repeatEach: { to: 'pointer', from: 'pointer', count: 'int', times: 'int', elementBytes: 'int' },
  /** The other way round: `to[i]` is the sum of the `times` numbers at `from[i * times]`, finished. */
  sumEach: {
    ...{ to: 'pointer', from: 'pointer', count: 'int', times: 'int', elementBytes: 'int', channels: 'int' },
    ...{ bias: 'pointer', residual: 'pointer', mask: 'pointer', maximum: 'float', flags: 'int' },
  },

  // inverted residual blocks

  /**
   * A convolution of single pixels (if `expands`), a depthwise one and another one of single pixels, band by band: what
   * they hand on stays in scratch, which takes `expandedBytes` of the first. One unit is `unitRows` rows of an image,
   * `bandRows` of which are computed at a time. Tail: the three as instructions of their own.
   */
  invertedResidual: { expands: 'int', expandedBytes: 'int', unitRows: 'int', bandRows: 'int' },

  // pooling; the tails are windows
  /** Of each window the element of `values` where `from` is largest, or first is NaN; `empty` if it sees nothing. */
  selectLargest: {
    ...{ to: 'pointer', from: 'pointer', values: 'pointer', empty: 'float', channels: 'int', elementBytes: 'int' },
  },
  /** Adds each element of `dy` to `to` where `from` is largest. One unit is an image and a group of channels. */
  addToLargest: {
    ...{ to: 'pointer', from: 'pointer', dy: 'pointer', channels: 'int', elementBytes: 'int' },
    ...{ groups: 'int', groupBlocks: 'int' },
  },
  /** The sum of each window; with `divides` the mean. */
  sumWindows: { to: 'pointer', from: 'pointer', divides: 'int', channels: 'int', elementBytes: 'int' },
  /** Each element divided by how many its window sees. */
  divideByTaps: { to: 'pointer', from: 'pointer', channels: 'int', elementBytes: 'int' },

  // layout

  /** Stores the eight bytes `low`, `high` again and again. One unit is 64 KiB. */
  fill: { to: 'pointer', bytes: 'int', low: 'int', high: 'int' },
  /**
   * Runs of `length` elements, `toStep` and `fromStep` elements apart. One unit is `block` elements of a run. Tail: for
   * each of `rank` axes around the runs, outermost first, its length and its steps in `to` and `from`, in elements.
   */
  copyStrided: {
    ...{ to: 'pointer', from: 'pointer', elementBytes: 'int', length: 'int', block: 'int' },
    ...{ toStep: 'int', fromStep: 'int', rank: 'int' },
  },
  /**
   * Planes `to[r * toStep + c] = from[c * fromStep + r]` of `rows` times `columns` elements. One unit is one block of a
   * plane of 64 rows and 64 columns at most. Tail: as that of `copyStrided`.
   */
  transposePlanes: {
    ...{ to: 'pointer', from: 'pointer', elementBytes: 'int', rows: 'int', columns: 'int' },
    ...{ toStep: 'int', fromStep: 'int', rank: 'int' },
  },

  // indexing

  /**
   * Rows of `rowBytes` bytes out of `[outer, size]` of them, `count` for each of `outer`: NaN or 0 where an index is
   * outside. One unit is one row.
   */
  gather: {
    ...{ to: 'pointer', from: 'pointer', indices: 'pointer', dtype: 'int' },
    ...{ size: 'int', count: 'int', rowBytes: 'int' },
  },
  /**
   * Rows of `[outer, count, inner]` added up in `[outer, size, inner]`. One unit is a block of the result, `rows` rows of
   * `columns` numbers, whose totals fit into the scratch memory.
   */
  scatterAdd: {
    ...{ to: 'pointer', from: 'pointer', indices: 'pointer', dtype: 'int', size: 'int', count: 'int', inner: 'int' },
    ...{ rows: 'int', columns: 'int' },
  },
  /** One unit is one index. */
  oneHot: { to: 'pointer', indices: 'pointer', depth: 'int', dtype: 'int' },

  // resizing

  /**
   * One unit is a row of the result. Tail: for each row, then for each column of the result the two rows or columns of
   * the image it lies between, and how far it is from the first to the second (float).
   */
  resizeBilinear: {
    ...{ to: 'pointer', from: 'pointer', dtype: 'int', height: 'int', width: 'int', channels: 'int' },
    ...{ outputHeight: 'int', outputWidth: 'int' },
  },
  /** One unit is a row of the result. Tail: the row of the image that each row copies, then the same for columns. */
  resizeNearest: {
    ...{ to: 'pointer', from: 'pointer', height: 'int', width: 'int', pixelBytes: 'int' },
    ...{ outputHeight: 'int', outputWidth: 'int' },
  },
  /**
   * Every pixel of `dx` adds up the pixels of `dy` it was sampled by, each times two weights. One unit is a row of `dx`.
   * Tail: the samples of each row of `dx`, then of each column, as `assembly/resize/samples.ts` has them.
   */
  resizeGradient: {
    ...{ to: 'pointer', from: 'pointer', dtype: 'int', height: 'int', width: 'int', channels: 'int' },
    ...{ outputHeight: 'int', outputWidth: 'int' },
  },

  // random numbers

  /** One unit is 4096 numbers. */
  randomUniform: { to: 'pointer', step: 'pointer', seed: 'int', stream: 'int', size: 'int', dtype: 'int' },
  randomNormal: { to: 'pointer', step: 'pointer', seed: 'int', stream: 'int', size: 'int', dtype: 'int' },

  // ceilings, for benchmarks
  /** One unit is 12 * 4 multiply-adds, `repeats` times. */
  peak: { repeats: 'int', factor: 'float', addend: 'float' },
} as const satisfies Record<string, Readonly<Record<string, FieldType>>>;

export type InstructionName = keyof typeof instructions;

/** Names in the order of their opcodes. */
export const instructionNames = Object.keys(instructions) as readonly InstructionName[];

/**
 * Words before the fields of each instruction: which kernel, how many words the instruction takes, how many units of
 * work there are, how many a thread takes at a time, and how many have been taken (always 0 between runs).
 */
export const headerWords = ['opcode', 'words', 'units', 'grain', 'taken'] as const;
