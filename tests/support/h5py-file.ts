import { inflateSync } from 'node:zlib';

/**
 * A file of what the HDF5 library for JavaScript cannot write, made by h5py 3.14:
 * ```python
 * with h5py.File('x.h5', 'w') as f:
 *     f['half'] = np.array([1, -2, 0.5, 65504], 'f2')
 *     f['brain'] = np.array([0x3f80, 0xc000, 0x3f00, 0x4480], 'u2').view('V2')
 *     f['brain'].attrs['dtype'] = 'bfloat16'
 *     f['big'] = np.array([1, -2, 0.5, 1024], '>f4')
 *     f['truth'] = np.array([True, False])
 *     f['state'] = np.array([4294967295], 'u4')
 *     f['long'] = np.array([2**40])
 *     f['texts'] = np.array([b'abc'])
 *     f.create_dataset('packed', data=np.arange(60, dtype='f4').reshape(6, 10), chunks=(4, 3), compression='gzip', shuffle=True, fletcher32=True)
 *     f.create_dataset('unwritten', shape=(3,), dtype='f4', fillvalue=0.5)
 *     compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
 *     compact.set_layout(h5py.h5d.COMPACT)
 *     d = h5py.h5d.create(f.id, b'compact', h5py.h5t.IEEE_F32LE, h5py.h5s.create_simple((3,)), compact)
 *     d.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array([1, 2, 3], 'f4'))
 *     f.attrs['fixed'] = np.array([b'a', b'bc'])
 *     f.attrs['nothing'] = []
 *     f.attrs['number'] = 3
 * ```
 */
export function h5pyFile(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(inflateSync(Buffer.from(packed, 'base64')));
}

const packed =
  'eNrtW81vG0UUf7PrxBtn22xat3VCoJvQkoAQctNQfIhkF+ImVSMamoJ6qJA/YtdWHcdyNqpRkbAakMKt3CKRPwAkDhVH1EjJpfSAONIKhFAPSByQ+DhwqUSY8bxZ29N6LaKiunR+ivUy897Mzrz5vfHozfrjmalTewKDAWAwDPCBBY3YQYxNNJeFPoGSoFxD+Zkm6v01XQjrLez/NuovYP35c/E4gOb2Lz8n7EOJ5epzXM6AwtOAmfjJOSZvSLyrHG/m1bq/WW9CBHnYDQZlYTZfySzQ8n7C2EbrCWcu0tGVSUilebsuzm0i+MyZLNohLV2pUz3T9Nt92JcFgS4I9KG+i46C6TVNq3VgYH86of/yIJRmvtZR6zD/5tkp5hMRz2vd3vZiN6l0eduJfeDCuLed8I6te9uJfSI22Jl8Znz8d7zivDmAHG3NI+OhPDIh5j43SHULznulDC0P0OdZuE6koR1p8LdlNO7xc/+RP3YZZ8OHsc6GQwYc+qBtnFmhZmZ2Zpy535OHocnr9XU06DqGoLjk5PLFS3S/ieLKxWCiFyZ2MD6E/1piErYgsnO1GqUyWp2afuPsLGlwD5HiLpUtLCWdYydE87t96rtJQUFBQUFBQUFBQUFBQeFJQ7QKsMUk/UxV2+dl5LypDmM836/xJix3JPJKp07OzseB5frfjmNnHnka227uWaDyWP3Tzh/EtRP+sLgfANw8FUPreY/gvH3Sk693JF927Q8D3HyVtz9eQH8Y/1N/8Hmz+wjd0w+v2KJFM9Y7ej95MM89xiWfHojrgwBKuVy/T2mT59V5h70wVysTXeweTE9gObeSzRYyblQRrF/IZAtJJ9OQV+aJT2rrpHOZ8vFxwT5cB023x+oBqtcD1d6lP5r5oQNIst38LZcvOJAoHxz3i6ir80jcrJrSyEqPhR/iPimG5cSQtz36HsID3nYRlHPPeNuJVbND3nbinrn0bGfGWT/yVr5/N/EmjN3Dm5QTxZXFVKb84P5L4OG7CwH3Fp6aJFPpyrvpxBYZDAXNoYNf3P39nl9f3Vx9PhihoXTV/5V//0+kZrF3aPCg70jw10jp2kerX29vb/ebGxsbULrv/3nWNje5zd7JRO6X9dK9Wzrp7/H7p41SuazB2oGewFunk/e5jS8UyobDNxOJ68lE6cPh0e5uGN3Uvvx88Y/XuEHw/MTk+5pdGA1Xb5CX3tF+/P7iN5Nc5Zizr4+kUBVO6Uf//vbFaa56uTC079w4qk4U9UXfD7d/46qLoVA5QRXXAILfkVd7j/51Wp0LFRQUFBSeLrD38thZWX4vb6RNu2N4sDoi1cvni/kWdvJrRVfQbliq75HKn6KdOPb5WozvZgs7eXx3WtjJ4/sT7QYkO3l8e6QJGJKdT1FOQUFBQUFB4QmFyHNajyzPiXleIvLiFrZjecwqy3nG6F9sX8P7y5+c6b3cqfcEArlkIctkqpzMF5nMX6rVO+UVJ0flssOy0wCFpWJN4WQqzjKVpWT6Mvshw0rxSjnvOJki9pdeWqQqx83nPaq3tf8BAo4D8Q==';
