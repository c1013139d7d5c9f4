import { sameBits, type TypedArray } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { type DeviceBuffer, type DeviceMemory, Storage } from '../../../src/tensor/storage.js';

/** Device memory that counts what is done with it. */
class CountingMemory implements DeviceMemory {
  readonly held = new Map<DeviceBuffer, TypedArray>();
  uploads = 0;
  downloads = 0;

  upload(array: TypedArray): DeviceBuffer {
    this.uploads++;
    const buffer = { size: array.length };
    this.held.set(buffer, array.slice());
    return buffer;
  }

  async download(buffer: DeviceBuffer): Promise<TypedArray> {
    this.downloads++;
    return this.held.get(buffer) as TypedArray;
  }

  free(buffer: DeviceBuffer): void {
    if (!this.held.delete(buffer)) throw new Error('freed twice');
  }

  holds(buffer: DeviceBuffer): boolean {
    return this.held.has(buffer);
  }
}

const numbers = Float32Array.of(1, 2, 3);

describe('a storage', () => {
  it('of the host is uploaded once', async () => {
    const memory = new CountingMemory();
    const storage = Storage.fromHost(numbers);
    expect(storage.known).toBe(numbers);
    expect(await storage.on(memory)).toBe(await storage.on(memory));
    expect(memory.uploads).toBe(1);
    expect(await storage.host()).toBe(numbers);
    expect(memory.downloads).toBe(0);
  });

  it('of a device is downloaded once', async () => {
    const memory = new CountingMemory();
    const storage = Storage.fromDevice(memory, memory.upload(numbers));
    expect(storage.known).toBeNull();
    expect(await storage.host()).toEqual(numbers);
    await storage.host();
    expect(memory.downloads).toBe(1);
  });

  it('moves from one device to another by way of the host and leaves nothing behind', async () => {
    const [first, second] = [new CountingMemory(), new CountingMemory()];
    const storage = Storage.fromDevice(first, first.upload(numbers));
    await storage.on(second);
    expect(first.held.size).toBe(0);
    expect([...second.held.values()]).toEqual([numbers]);
  });

  it('that is disposed of leaves the device if the host knows the numbers, and comes back when asked', async () => {
    const memory = new CountingMemory();
    const storage = Storage.fromDevice(memory, memory.upload(numbers));
    storage.dispose();
    expect(memory.held.size).toBe(1);
    await storage.host();
    storage.dispose();
    storage.dispose();
    expect(memory.held.size).toBe(0);
    await storage.on(memory);
    expect(memory.held.size).toBe(1);
  });

  it('stays on both of two devices while plans on both use it, without a copy for each turn', async () => {
    const [first, second] = [new CountingMemory(), new CountingMemory()];
    const storage = Storage.fromDevice(first, first.upload(numbers));
    for (let run = 0; run < 2; run++) storage.hold();
    const given = await storage.on(first);
    for (let turn = 0; turn < 3; turn++) {
      await storage.on(second);
      expect(await storage.on(first)).toBe(given);
    }
    expect([first.held.get(given), first.uploads, second.uploads]).toEqual([numbers, 1, 1]);
    storage.letGo();
    expect([first.held.size, second.held.size]).toEqual([1, 1]);
    storage.letGo();
    expect([first.held.size, second.held.size]).toEqual([1, 0]);
  });

  it('that is lazy computes once, also when two ask at the same time', async () => {
    let runs = 0;
    const storage = Storage.lazy(async () => {
      runs++;
      return Storage.fromHost(numbers);
    });
    expect(storage.known).toBeNull();
    expect(await Promise.all([storage.host(), storage.host()])).toEqual([numbers, numbers]);
    expect(runs).toBe(1);
  });

  it('that failed to compute tries again the next time', async () => {
    let runs = 0;
    const storage = Storage.lazy(async () => {
      if (runs++ === 0) throw new Error('out of memory');
      return Storage.fromHost(numbers);
    });
    await expect(storage.host()).rejects.toThrow('out of memory');
    expect(await storage.host()).toEqual(numbers);
  });
});

it('sameBits tells apart what comparing numbers cannot', () => {
  expect(sameBits(Float32Array.of(Number.NaN, 1), Float32Array.of(Number.NaN, 1))).toBe(true);
  expect(sameBits(Float32Array.of(0), Float32Array.of(-0))).toBe(false);
  expect(sameBits(Float32Array.of(0), Int32Array.of(0))).toBe(false);
  expect(sameBits(Float32Array.of(1), Float32Array.of(1, 1))).toBe(false);
  expect(sameBits(Float32Array.of(0, 1, 2).subarray(1), Float32Array.of(1, 2))).toBe(true);
});
