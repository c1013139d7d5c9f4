// Predicts with onnxruntime, from the folder given: one request as JSON on each line of the input, one answer on each of
// the output. Requests:
//   {"prepare": id, "file": path, "size": pixels, "batch": n}
//   {"run": id}  ->  {"milliseconds": t, "values": [...]}
//   {"forget": id}
const { createInterface } = require('node:readline');
const { InferenceSession, Tensor } = require(process.argv[2]);

const threads = 2;
const jobs = new Map();

/** The same noise as makeBatch in models/jobs.ts. */
function pictures(batch, size) {
  const numbers = Float32Array.from({ length: batch * size * size * 3 }, (_, i) => Math.sin(i * i));
  return new Tensor('float32', numbers, [batch, size, size, 3]);
}

async function answerTo(request) {
  if (request.prepare !== undefined) {
    const session = await InferenceSession.create(request.file, { intraOpNumThreads: threads });
    jobs.set(request.prepare, { session, x: pictures(request.batch, request.size) });
    return {};
  }
  if (request.forget !== undefined) {
    await jobs.get(request.forget).session.release();
    jobs.delete(request.forget);
    return {};
  }
  const { session, x } = jobs.get(request.run);
  const start = performance.now();
  const outputs = await session.run({ [session.inputNames[0]]: x });
  const milliseconds = performance.now() - start;
  return { milliseconds, values: [...outputs[session.outputNames[0]].data] };
}

async function main() {
  console.log(JSON.stringify({}));
  for await (const line of createInterface({ input: process.stdin })) {
    const answer = await answerTo(JSON.parse(line)).catch((error) => ({ error: String(error) }));
    console.log(JSON.stringify(answer));
  }
}

void main();
