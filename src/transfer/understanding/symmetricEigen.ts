/** Eigenvalues and eigenvectors of a symmetric matrix, largest value first. */
export interface Eigen {
  readonly values: readonly number[];
  /** One for each value, of length 1, at right angles to the others. */
  readonly vectors: readonly (readonly number[])[];
}

/** Far more than any matrix needs: off the diagonal numbers vanish quadratically. */
const maxSweeps = 50;

/** Jacobi's method, for small matrices: each number off the diagonal is turned to zero by a rotation, again and again. */
export function symmetricEigen(matrix: readonly (readonly number[])[]): Eigen {
  const a = matrix.map((row) => Float64Array.from(row));
  const turned = matrix.map((_, i) => Float64Array.from(matrix, (_row, k) => (i === k ? 1 : 0)));
  const at = (i: number, k: number): number => a[i]?.[k] as number;
  const scale = Math.max(...matrix.flat().map(Math.abs));
  for (let sweep = 0; sweep < maxSweeps; sweep++) {
    let largest = 0;
    for (let p = 0; p < a.length; p++) {
      for (let q = p + 1; q < a.length; q++) {
        largest = Math.max(largest, Math.abs(at(p, q)));
        if (at(p, q) !== 0) rotate(a, turned, p, q);
      }
    }
    if (!(largest > scale * 1e-17)) break;
  }
  const order = matrix.map((_, i) => i).sort((i, k) => at(k, k) - at(i, i));
  return { values: order.map((i) => at(i, i)), vectors: order.map((i) => turned.map((row) => row[i] as number)) };
}

/** `a = J^T a J` and `vectors = vectors J`, with the rotation `J` of `p` and `q` that makes `a[p][q]` zero. */
function rotate(a: readonly Float64Array[], vectors: readonly Float64Array[], p: number, q: number): void {
  const [rowP, rowQ] = [a[p], a[q]] as [Float64Array, Float64Array];
  const theta = ((rowQ[q] as number) - (rowP[p] as number)) / (2 * (rowP[q] as number));
  const tangent = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (const row of [...a, ...vectors]) {
    const [x, y] = [row[p], row[q]] as [number, number];
    row[p] = cosine * x - sine * y;
    row[q] = sine * x + cosine * y;
  }
  for (const [k, x] of rowP.entries()) {
    const y = rowQ[k] as number;
    rowP[k] = cosine * x - sine * y;
    rowQ[k] = sine * x + cosine * y;
  }
}
