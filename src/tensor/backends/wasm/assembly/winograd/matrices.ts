// Winograd's F(2 x 2, 3 x 3): the 2 x 2 pixels Y that 3 x 3 filters g make of the 4 x 4 patch d they see are
//
//     Y = A' [(G g G') * (B' d B)] A,   * number by number, ' transposed
//
//          1  0 -1  0          1    0    0           1  0
//     B' = 0  1  1  0    G =  1/2  1/2  1/2     A =  1  1
//          0 -1  1  0         1/2 -1/2  1/2          1 -1
//          0  1  0 -1          0    0    1           0 -1
//
// 16 products in place of 36; added up over the channels, each of the 16 is a product of matrices, tiles x channels times
// channels x filters. From Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2015, section 4.1.

/** Products of matrices, one for each number of a transformed patch, row by row. */
export const products: usize = 16;

/** Rows and columns of pixels that a tile makes, and of pixels that it sees. */
export const tileSize: i32 = 2;
export const patchSize: i32 = 4;

/**
 * Bytes from one of the 16 matrices to the next: somewhat more than a multiple of a page, so that the same place in all of
 * them does not fall on the same few lines of a cache.
 */
export function matrixStep(rows: i32, rowBytes: usize): usize {
  return ((<usize>rows * rowBytes + 4095) & ~4095) + 320;
}
