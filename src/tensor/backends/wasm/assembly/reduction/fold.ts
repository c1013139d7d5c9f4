import { scratch } from '../scratch';
import { adds, takesLargest } from './operations';

// Reductions of numbers of any type `T`, with totals of type `A`.

// @ts-ignore: decorator
@inline
/** The total of no numbers. */
function initial<A>(operation: i32): A {
  if (operation == adds) return <A>0;
  if (isFloat<A>()) return <A>(operation == takesLargest ? -Infinity : Infinity);
  return <A>(operation == takesLargest ? i32.MIN_VALUE : i32.MAX_VALUE);
}

// @ts-ignore: decorator
@inline
/** NaN always enters, and nothing compares greater or smaller than it. */
function fold<A>(operation: i32, total: A, x: A): A {
  if (operation == adds) return total + x;
  const enters = operation == takesLargest ? x > total : x < total;
  return enters || x != x ? x : total;
}

/** `rows` numbers next to each other into one. */
export function foldRow<T, A>(operation: i32, to: usize, from: usize, rows: i32): void {
  let total = initial<A>(operation);
  const end = from + <usize>rows * sizeof<T>();
  for (; from < end; from += sizeof<T>()) total = fold<A>(operation, total, <A>load<T>(from));
  store<T>(to, <T>total);
}

/** `rows` rows of `columns` numbers, `inner` apart, into one row. */
export function foldColumns<T, A>(operation: i32, to: usize, from: usize, rows: i32, columns: i32, inner: i32): void {
  const totals = scratch();
  for (let c = 0; c < columns; c++) store<A>(totals + <usize>c * sizeof<A>(), initial<A>(operation));
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < columns; c++) {
      const total = totals + <usize>c * sizeof<A>();
      store<A>(total, fold<A>(operation, load<A>(total), <A>load<T>(from + <usize>c * sizeof<T>())));
    }
    from += <usize>inner * sizeof<T>();
  }
  for (let c = 0; c < columns; c++) {
    store<T>(to + <usize>c * sizeof<T>(), <T>load<A>(totals + <usize>c * sizeof<A>()));
  }
}
