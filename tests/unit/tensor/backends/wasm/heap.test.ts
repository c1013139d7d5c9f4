import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Heap } from '../../../../../src/tensor/backends/wasm/heap.js';

const start = 4096;
const roundedUp = (bytes: number): number => Math.max(64, Math.ceil(bytes / 64) * 64);

/** Allocate so many bytes, or free one of what is allocated. */
const command = fc.oneof(
  fc.record({ allocate: fc.integer({ min: 0, max: 5000 }) }),
  fc.record({ free: fc.nat({ max: 1000 }) }),
);

describe('a heap', () => {
  it('hands out stretches that are aligned, large enough and never overlap, and knows how many', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 200 }), (commands) => {
        let usable = start;
        const heap = new Heap(start, (end) => {
          usable = Math.max(usable, end);
        });
        const live = new Map<number, number>();
        for (const next of commands) {
          if ('allocate' in next) {
            const address = heap.allocate(next.allocate);
            const end = address + roundedUp(next.allocate);
            expect(address % 64).toBe(0);
            expect(address).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(usable);
            for (const [other, bytes] of live) expect(end <= other || other + bytes <= address).toBe(true);
            live.set(address, roundedUp(next.allocate));
          } else if (live.size > 0) {
            const address = [...live.keys()][next.free % live.size] as number;
            heap.free(address);
            live.delete(address);
          }
          const ends = [...live].map(([address, bytes]) => address + bytes);
          expect(heap.count).toBe(live.size);
          expect(heap.usedBytes).toBe([...live.values()].reduce((total, bytes) => total + bytes, 0));
          expect(heap.end).toBe(Math.max(start, ...ends));
        }
      }),
    );
  });

  it('is as good as new once everything has been given back, in whatever order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.nat()), { maxLength: 60 }), (blocks) => {
        const heap = new Heap(start, () => {});
        const addresses = blocks.map(([bytes, order]) => [heap.allocate(bytes), order] as const);
        for (const [address] of addresses.sort((a, b) => a[1] - b[1])) heap.free(address);
        expect(heap.end).toBe(start);
        expect(heap.allocate(10_000_000)).toBe(start);
      }),
    );
  });

  it('joins neighbours that are free', () => {
    const heap = new Heap(start, () => {});
    const [a, b, c] = [heap.allocate(64), heap.allocate(64), heap.allocate(64), heap.allocate(64)] as const;
    for (const address of [a, c, b]) heap.free(address);
    expect(heap.allocate(192)).toBe(a);
  });

  it('takes the smallest block that is large enough', () => {
    const heap = new Heap(start, () => {});
    const [large, , small] = [heap.allocate(640), heap.allocate(64), heap.allocate(128), heap.allocate(64)] as const;
    heap.free(large);
    heap.free(small);
    expect(heap.allocate(100)).toBe(small);
    expect(heap.allocate(100)).toBe(large);
  });

  it('gives the same addresses to a program that asks for the same sizes again and again', () => {
    const heap = new Heap(start, () => {});
    const sizes = [100, 7000, 64, 3000, 128];
    const rounds = Array.from({ length: 20 }, () => {
      const addresses = sizes.map((bytes) => heap.allocate(bytes));
      for (const address of addresses) heap.free(address);
      return addresses;
    });
    for (const addresses of rounds) expect(addresses).toEqual(rounds[0]);
  });

  it('is unchanged if it cannot grow', () => {
    const heap = new Heap(start, (end) => {
      if (end > start + 1024) throw new RangeError('full');
    });
    const first = heap.allocate(512);
    expect(() => heap.allocate(1024)).toThrow(RangeError);
    expect([heap.count, heap.usedBytes, heap.end]).toEqual([1, 512, start + 512]);
    expect(heap.allocate(512)).toBe(first + 512);
  });

  it('keeps a margin behind each buffer, and knows where that begins', () => {
    const heap = new Heap(start, () => {}, 100);
    const [first, second] = [heap.allocate(61), heap.allocate(0)];
    expect([...heap.buffers]).toEqual([
      [first, 61],
      [second, 0],
    ]);
    expect(second - first).toBeGreaterThanOrEqual(161);
    expect(heap.end - second).toBeGreaterThanOrEqual(100);
    for (const address of [first, second]) heap.free(address);
    expect([heap.end, heap.usedBytes]).toEqual([start, 0]);
  });

  it('refuses to take back what it has not given', () => {
    const heap = new Heap(start, () => {});
    const address = heap.allocate(64);
    heap.free(address);
    expect(() => heap.free(address)).toThrow(/nothing is allocated/);
  });
});
