import 'mapache/io';
import { layers, sequential } from 'mapache/layers';
import { describe, expect, it } from 'vitest';
import { fromFloat16 } from '../../../../src/tensor/float16.js';

/** A dense layer of two inputs and two units, and what its kernel holds after loading. */
async function kernelFrom(spec: object, parts: Readonly<Record<string, Uint8Array>>): Promise<readonly number[]> {
  const model = sequential([layers.inputLayer({ shape: [2] }), layers.dense({ units: 2, useBias: false, name: 'd' })]);
  const kernel = { name: 'd/kernel', shape: [2, 2], dtype: 'float32', ...spec };
  const json = { weightsManifest: [{ paths: Object.keys(parts), weights: [kernel] }] };
  await model.loadWeights({ 'model.json': json, ...parts });
  return [...((await model.weights[0]?.value.data()) ?? [])];
}

const bytesOf = (array: ArrayBufferView): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

describe('the bytes of weights', () => {
  const numbers = Float32Array.of(1.5, -0.1, 3e-39, -0);

  it('are float32 as they are', async () => {
    expect(await kernelFrom({}, { 'a.bin': bytesOf(numbers) })).toEqual([...numbers]);
  });

  it('may be spread over files at any place, empty files included', async () => {
    const bytes = bytesOf(numbers);
    for (let cut = 0; cut <= 16; cut++) {
      const parts = { a: bytes.subarray(0, cut), b: new Uint8Array(0), c: bytes.subarray(cut) };
      expect(await kernelFrom({}, parts)).toEqual([...numbers]);
    }
  });

  it('are q * scale + min for uint8 and uint16, computed in double precision and rounded once', async () => {
    const scale = 0.006666756611244351;
    const min = -0.87334511607301;
    const expected = (steps: readonly number[]) => steps.map((q) => Math.fround(q * scale + min));
    const eight = [0, 1, 131, 255];
    expect(await kernelFrom({ quantization: { dtype: 'uint8', scale, min } }, { a: Uint8Array.from(eight) })).toEqual(
      expected(eight),
    );
    const sixteen = [0, 1, 40_000, 65_535];
    const a = bytesOf(Uint16Array.from(sixteen));
    expect(await kernelFrom({ quantization: { dtype: 'uint16', scale, min } }, { a })).toEqual(expected(sixteen));
  });

  it('are IEEE half precision for float16', async () => {
    const a = bytesOf(Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001));
    expect(await kernelFrom({ quantization: { dtype: 'float16' } }, { a })).toEqual([1, -2, 0.333251953125, 2 ** -24]);
  });

  it('become the dtype of the weight they are for', async () => {
    expect(await kernelFrom({ dtype: 'int32' }, { a: bytesOf(Int32Array.of(1, -2, 3, 4)) })).toEqual([1, -2, 3, 4]);
    expect(await kernelFrom({ dtype: 'bool' }, { a: Uint8Array.of(0, 1, 2, 255) })).toEqual([0, 1, 1, 1]);
    const quantization = { dtype: 'uint8', scale: 0.4, min: -1 };
    expect(await kernelFrom({ dtype: 'int32', quantization }, { a: Uint8Array.of(0, 1, 3, 4) })).toEqual([
      -1, -1, 0, 1,
    ]);
  });
});

describe('fromFloat16', () => {
  it('gives signed zeros, infinities, NaN and the largest number', () => {
    const special = fromFloat16(Uint16Array.of(0x0000, 0x8000, 0x7c00, 0xfc00, 0x7e01, 0x7bff, 0x0400));
    expect([...special]).toEqual([0, -0, Infinity, -Infinity, Number.NaN, 65504, 2 ** -14]);
  });
});
