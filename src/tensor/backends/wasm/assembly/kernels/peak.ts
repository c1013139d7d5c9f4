import { mad } from '../arithmetic';
import { PeakRecord } from '../generated/records';
import { scratch } from '../scratch';

/**
 * Nothing but multiply-adds in registers: the most that any kernel of this build could reach. Twelve sums that do not
 * wait for each other keep both multipliers and both adders busy: each takes two steps of three cycles.
 */
export function peak(record: PeakRecord, begin: i32, end: i32): void {
  // Constants would be made anew wherever they are used.
  const a = f32x4.splat(record.factor);
  const b = f32x4.splat(record.addend);
  let x0 = f32x4.splat(<f32>begin);
  let x1 = x0;
  let x2 = x0;
  let x3 = x0;
  let x4 = x0;
  let x5 = x0;
  let x6 = x0;
  let x7 = x0;
  let x8 = x0;
  let x9 = x0;
  let x10 = x0;
  let x11 = x0;
  for (let i = (end - begin) * record.repeats; i > 0; i--) {
    x0 = mad(x0, a, b);
    x1 = mad(x1, a, b);
    x2 = mad(x2, a, b);
    x3 = mad(x3, a, b);
    x4 = mad(x4, a, b);
    x5 = mad(x5, a, b);
    x6 = mad(x6, a, b);
    x7 = mad(x7, a, b);
    x8 = mad(x8, a, b);
    x9 = mad(x9, a, b);
    x10 = mad(x10, a, b);
    x11 = mad(x11, a, b);
  }
  const to = scratch();
  v128.store(to, x0, 0);
  v128.store(to, x1, 16);
  v128.store(to, x2, 32);
  v128.store(to, x3, 48);
  v128.store(to, x4, 64);
  v128.store(to, x5, 80);
  v128.store(to, x6, 96);
  v128.store(to, x7, 112);
  v128.store(to, x8, 128);
  v128.store(to, x9, 144);
  v128.store(to, x10, 160);
  v128.store(to, x11, 176);
}
