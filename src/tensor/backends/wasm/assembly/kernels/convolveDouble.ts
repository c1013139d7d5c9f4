import { ConvolveDoubleRecord } from '../generated/records';

// Steps of the record are numbers, 8 bytes each.

export function convolveDouble(record: ConvolveDoubleRecord, begin: i32, end: i32): void {
  for (let unit = begin; unit < end; unit++) {
    const column = unit % record.gridWidth;
    const row = unit / record.gridWidth % record.gridHeight;
    const image = unit / record.gridWidth / record.gridHeight % record.images;
    const matrix = unit / record.gridWidth / record.gridHeight / record.images;
    const x = record.x + (<usize>(matrix * record.xMatrix + image * record.xImage) << 3);
    const filter = record.filter + (<usize>(matrix * record.filterMatrix) << 3);
    const pixel = matrix * record.yMatrix + image * record.yImage + row * record.yRow + column * record.yPixel;
    const y = record.y + (<usize>pixel << 3);
    const top = row * record.strideY + record.originY;
    const left = column * record.strideX + record.originX;
    for (let n = 0; n < record.columns; n++) {
      const sum = seen(record, x, filter + (<usize>(n * record.filterFilter) << 3), top, left);
      store<f64>(y + (<usize>n << 3), sum);
    }
  }
}

/** What the window sees that begins at the pixel (top, left), weighted by one filter. */
function seen(record: ConvolveDoubleRecord, x: usize, filter: usize, top: i32, left: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < record.tapsY; i++) {
    const row = top + i * record.stepY;
    if (<u32>row >= <u32>record.height) continue;
    for (let j = 0; j < record.tapsX; j++) {
      const column = left + j * record.stepX;
      if (<u32>column >= <u32>record.width) continue;
      let from = x + (<usize>(row * record.xRow + column * record.xPixel) << 3);
      let weight = filter + (<usize>(i * record.filterRow + j * record.filterColumn) << 3);
      for (let c = 0; c < record.channels; c++) {
        sum += load<f64>(from) * load<f64>(weight);
        from += <usize>record.xChannel << 3;
        weight += <usize>record.filterChannel << 3;
      }
    }
  }
  return sum;
}
