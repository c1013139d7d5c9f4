import { tfjsBackends } from './peers/tfjs.js';
import { buildModel, makeBatch, mapacheContender, tfjsContender } from './training/contender.js';

const o = { alpha: Number(process.argv[2]), size: Number(process.argv[3]) };
const b = makeBatch(o.size, Number(process.argv[4]));
const { base, model } = buildModel(o);
console.log(base.countParams(), model.outputShapes);
const cs = [mapacheContender(o, b)];
for (const t of await tfjsBackends()) cs.push(await tfjsContender(t, o, b));
for (const c of cs)
  for (const job of ['predict', 'trainHead', 'fineTune'] as const)
    for (let i = 0; i < 3; i++) {
      if (c.name.includes('wasm') && job === 'fineTune') continue;
      const t = performance.now();
      const r = await c[job]();
      console.log(
        c.name,
        job,
        typeof r === 'number' ? r : Array.from(r).slice(0, 5),
        (performance.now() - t).toFixed(),
      );
    }
