// A program of its own: trains a line on the wasm backend, then ends as its last argument says.
import {
  compile,
  gradients,
  matmul,
  mean,
  mul,
  setBackend,
  square,
  sub,
  type Tensor,
  tensor,
  Variable,
  type WasmOptions,
} from 'mapache/tensor';

const threads = (): number => process.getActiveResourcesInfo().filter((name) => /worker|port/i.test(name)).length;
const started = threads();

const [options = '{}', ending = 'done'] = process.argv.slice(2);
setBackend('wasm', JSON.parse(options) as WasmOptions);
const w = new Variable([[0], [0]], { name: 'w' });
const step = compile((x: Tensor, y: Tensor) => {
  const loss = mean(square(sub(matmul(x, w.value), y)));
  const [dw] = gradients(loss, [w]);
  w.assign(sub(w.value, mul(dw as Tensor, 0.02)));
  return loss;
});
const x = tensor([
  [1, 2],
  [3, 4],
]);
const y = tensor([[5], [11]]);

switch (ending) {
  case 'done':
    for (let i = 0; i < 200; i++) await step(x, y);
    console.log((await (await step(x, y)).item()) < 0.1 ? 'trained' : 'not trained');
    break;
  case 'unawaited':
    void step(x, y).then(async (loss) => console.log(await loss.item()));
    break;
  case 'exit':
    void step(x, y);
    setTimeout(() => process.exit(3), 1);
    break;
  case 'explain':
    await step(x, y).catch((error: Error) => console.log(error.name, error.message.includes('--allow-worker')));
    break;
  default:
    console.log(started);
}
