import { interpret } from '../elementwise/interpreter';
import { Narrow } from '../elementwise/narrow';
import { ElementwiseRecord } from '../generated/records';

export function elementwise(record: ElementwiseRecord, begin: i32, end: i32): void {
  interpret<Narrow>(record, begin, end);
}
