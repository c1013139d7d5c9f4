import { describe, expect, it } from 'vitest';
import { Pool } from '../../../../../src/tensor/backends/gpu/device/pool.js';

interface Piece {
  readonly quads: number;
}

function poolOf(): { readonly pool: Pool<Piece>; readonly destroyed: Piece[] } {
  const destroyed: Piece[] = [];
  const pool = new Pool<Piece>(
    (quads) => ({ quads }),
    (piece) => destroyed.push(piece),
  );
  return { pool, destroyed };
}

describe('a pool of device memory', () => {
  it('hands out again what was given back, by size', () => {
    const { pool, destroyed } = poolOf();
    const first = pool.allocate(4);
    pool.release(first);
    expect(pool.allocate(8)).not.toBe(first);
    expect(pool.allocate(4)).toBe(first);
    expect(destroyed).toEqual([]);
    expect(pool.statistics).toEqual({ held: 2, heldBytes: 12 * 16, pooled: 0, pooledBytes: 0 });
  });

  it('ignores what is given back twice', () => {
    const { pool } = poolOf();
    const piece = pool.allocate(4);
    pool.release(piece);
    pool.release(piece);
    expect(pool.statistics).toMatchObject({ held: 0, pooled: 1 });
    expect(pool.allocate(4)).toBe(piece);
    expect(pool.allocate(4)).not.toBe(piece);
  });

  it('never hands out again what the device had no room for', () => {
    const { pool, destroyed } = poolOf();
    const good = pool.allocate(4);
    pool.settle(false);
    const [bad, freed] = [pool.allocate(4), pool.allocate(2)];
    pool.release(freed);
    pool.settle(true);
    expect(destroyed).toEqual([freed]);
    pool.release(bad);
    expect(destroyed).toEqual([freed, bad]);
    pool.release(good);
    expect(pool.allocate(4)).toBe(good);
  });

  it('keeps no more than half a gigabyte that nobody holds', () => {
    const { pool, destroyed } = poolOf();
    const pieces = Array.from({ length: 5 }, () => pool.allocate(2 ** 23));
    for (const piece of pieces) pool.release(piece);
    expect(destroyed).toEqual([pieces[0]]);
    pool.trim();
    expect(destroyed).toHaveLength(5);
    expect(pool.statistics).toMatchObject({ held: 0, pooled: 0, pooledBytes: 0 });
  });
});
