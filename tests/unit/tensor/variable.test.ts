import { add, compile, DTypeError, mul, ShapeMismatchError, setFloatx, tensor, Variable } from 'mapache/tensor';
import { afterEach, describe, expect, it } from 'vitest';

afterEach(() => setFloatx('float32'));

describe('a variable', () => {
  it('starts with what it is given', async () => {
    const kernel = new Variable([[1, 2]], { name: 'kernel', trainable: false });
    expect(kernel).toMatchObject({ name: 'kernel', path: 'kernel', shape: [1, 2], dtype: 'float32', trainable: false });
    expect(kernel.version).toBe(0);
    expect(await kernel.value.array()).toEqual([[1, 2]]);
    expect(String(kernel)).toBe('Variable(kernel, [1, 2], float32, not trainable)');
  });

  it('is trainable and called variable by default', () => {
    expect(new Variable(0)).toMatchObject({ name: 'variable', path: 'variable', trainable: true, shape: [] });
  });

  it('takes its dtype from tensors and typed arrays, from the options, or from floatx', () => {
    expect(new Variable(tensor([1], { dtype: 'int32' })).dtype).toBe('int32');
    expect(new Variable(new Int32Array(1)).dtype).toBe('int32');
    expect(new Variable(new Uint8Array(1)).dtype).toBe('uint8');
    expect(new Variable([1], { dtype: 'float64' }).dtype).toBe('float64');
    expect(new Variable([1]).dtype).toBe('float32');
    setFloatx('float64');
    expect(new Variable([1]).dtype).toBe('float64');
  });

  it('does not compute the tensor it starts with before somebody needs it', async () => {
    const initial = add(tensor([1, 2]), 1);
    const variable = new Variable(initial);
    expect(initial.storage).toBeNull();
    expect(await variable.value.array()).toEqual([2, 3]);
  });
});

describe('assign', () => {
  it('replaces the value and counts the version up', async () => {
    const variable = new Variable([1, 2]);
    const before = variable.value;
    variable.assign([3, 4]);
    expect(variable.version).toBe(1);
    variable.assign(add(variable.value, 1));
    expect(variable.version).toBe(2);
    expect(await variable.value.array()).toEqual([4, 5]);
    expect(await before.array()).toEqual([1, 2]);
  });

  it('gives a typed array the shape of the variable', async () => {
    const variable = new Variable([
      [1, 2],
      [3, 4],
    ]);
    variable.assign(Float32Array.of(5, 6, 7, 8));
    expect(await variable.value.array()).toEqual([
      [5, 6],
      [7, 8],
    ]);
  });

  it('refuses another shape or dtype and changes nothing', async () => {
    const variable = new Variable([1, 2], { name: 'bias' });
    variable.path = 'dense/bias';
    expect(() => variable.assign([1, 2, 3])).toThrow(ShapeMismatchError);
    expect(() => variable.assign([[1, 2]])).toThrow(/assign to dense\/bias: .* received \[1, 2\]/);
    expect(() => variable.assign(tensor([1, 2], { dtype: 'int32' }))).toThrow(DTypeError);
    expect(() => variable.assign(Float32Array.of(1))).toThrow(/2 numbers/);
    expect(variable.version).toBe(0);
    expect(await variable.value.array()).toEqual([1, 2]);
  });

  it('refuses inside a trace at the line that is wrong', async () => {
    const variable = new Variable([1, 2]);
    const step = compile(() => {
      variable.assign([1, 2, 3]);
      return tensor(0);
    });
    await expect(step()).rejects.toThrow(ShapeMismatchError);
    expect(variable.version).toBe(0);
  });
});

it('a chain of assignments that nobody reads can be read at its end', async () => {
  const counter = new Variable(0);
  for (let i = 0; i < 2000; i++) counter.assign(add(counter.value, 1));
  expect(await counter.value.item()).toBe(2000);
  expect(counter.version).toBe(2000);
});

it('a copy starts with the value of now and goes its own way', async () => {
  const original = new Variable([1, 2], { name: 'kernel' });
  const copy = original.copy({ name: 'copy', trainable: false });
  original.assign(mul(original.value, 10));
  expect(copy).toMatchObject({ name: 'copy', trainable: false, dtype: 'float32' });
  expect(await copy.value.array()).toEqual([1, 2]);
  copy.assign([7, 7]);
  expect(await original.value.array()).toEqual([10, 20]);
});
