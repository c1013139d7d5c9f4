import { interpret } from '../elementwise/interpreter';
import { Wide } from '../elementwise/wide';
import { ElementwiseRecord, ElementwiseWideRecord } from '../generated/records';

export function elementwiseWide(record: ElementwiseWideRecord, begin: i32, end: i32): void {
  interpret<Wide>(changetype<ElementwiseRecord>(record), begin, end);
}
