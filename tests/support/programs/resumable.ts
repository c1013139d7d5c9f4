// A program of its own: trains slowly, keeps backups in a folder, and prints a hash of all that came of it.
import { setBackend } from 'mapache/tensor';
import { callbacks } from 'mapache/training';
import { trainResumable } from '../resumable-training.js';

const [folder = '.', threads = '2', milliseconds = '20', seed = '7'] = process.argv.slice(2);
setBackend('wasm', { threads: Number(threads) });
const { hash } = await trainResumable({ programSeed: Number(seed) }, [
  callbacks.backupAndRestore(`${folder}/backup`, { saveFreq: 1 }),
  callbacks.csvLogger(`${folder}/training.csv`),
  callbacks.modelCheckpoint(`${folder}/model.keras`, { saveFreq: 2 }),
  {
    wantsBatchLogs: false,
    onTrainBatchEnd: (batch) => {
      console.log(`batch ${batch}`);
      return new Promise((resolve) => setTimeout(resolve, Number(milliseconds)));
    },
  },
]);
console.log(hash);
