import { it } from 'vitest';
import { loadModel } from 'mapache/io';
import { compile, type Tensor, tensor } from 'mapache/tensor';
import { readFileSync } from 'node:fs';
import { dataPath } from '../../support/shared-data.js';
for (const m of ['mobilenet_v1_0.25_224','teachablemachine_mobilenetv2_0.35','mobilenetv2_0.35_keras3_tfjs','nsfwjs_mobilenet_v2','mobilenetv2_1.0_224_notop']) {
it(m, async () => {
  let t = performance.now();
  const net = await loadModel(dataPath('models', m));
  console.log(m, net.name, net.weights.length, net.countParams(), 'load', performance.now() - t);
  const unit = m.startsWith('nsfw');
  const bytes = readFileSync(dataPath('goldens','models','inputs', unit ? 'eight_224_unit.bin':'eight_224_tf.bin'));
  const n = 2;
  const x = new Float32Array(new Uint8Array(bytes).buffer).slice(0, n*224*224*3);
  const run = compile((x: Tensor) => net.callWith([x], false)[0] as Tensor);
  for (let k = 0; k < 2; k++) {
  t = performance.now();
  const y = await (await run(tensor(x, {shape: [n,224,224,3]}))).data();
  const time = performance.now() - t;
  const want = new Float32Array(new Uint8Array(readFileSync(dataPath('goldens','models', `${m}.out.bin`))).buffer);
  let d = 0, lo = Infinity, hi = -Infinity;
  for (let i = 0; i < y.length; i++) { d = Math.max(d, Math.abs(y[i]! - want[i]!)); lo = Math.min(lo, want[i]!); hi = Math.max(hi, want[i]!); }
  console.log('  diff', d, 'rel', d/(hi-lo), 'time', time/n);
  }
}, 600000);
}
