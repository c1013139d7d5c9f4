"""Does jobs of transfer learning with Keras: one request as JSON on each line of the input, one answer on each of the output.

The backend is that of KERAS_BACKEND. Requests:
  {"prepare": id, "network": name, "size": pixels, "weights": path, "job": name, "batch": n, "classes": n,
   "learningRate": number, "style": "inference" | "guide" | "bare"}
  {"export": path, ... as above}: the network in inference mode as an ONNX file
  {"run": id}  ->  {"milliseconds": t, "values": [...]}
"""

import json
import os
import sys
import time

THREADS = 2
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("OMP_NUM_THREADS", str(THREADS))
# Answers alone go to the output, whatever libraries print.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

import keras
import numpy

backend = keras.config.backend()
versions = {"keras": keras.__version__}
if backend == "tensorflow":
    import tensorflow

    tensorflow.config.threading.set_intra_op_parallelism_threads(THREADS)
    tensorflow.config.threading.set_inter_op_parallelism_threads(THREADS)
    versions["tensorflow"] = tensorflow.__version__
elif backend == "torch":
    import torch

    torch.set_num_threads(THREADS)
    versions["torch"] = torch.__version__


def pictures(batch, size):
    """The same noise as makeBatch in models/jobs.ts."""
    i = numpy.arange(batch * size * size * 3, dtype=numpy.float64)
    return numpy.sin(i * i).astype(numpy.float32).reshape(batch, size, size, 3)


class InInference(keras.layers.Layer):
    """Calls a model with training=False, as the guide of Keras does. A functional model forgets that it was told so."""

    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def call(self, x):
        return self.inner(x, training=False)


def build(request):
    """The network of mapache's benchmark with its weights: float32 numbers, one array after the other."""
    family, _, variant = request["network"].partition(" ")
    family = family.split("/")[0]
    size = request["size"]
    options = {"input_shape": (size, size, 3), "include_top": False, "weights": None}
    if variant:
        options["alpha"] = float(variant.split("/")[0])
    names = {"MobileNetV1": "MobileNet"}
    base = getattr(keras.applications, names.get(family, family))(**options)
    inputs = keras.Input((size, size, 3))
    features = keras.layers.GlobalAveragePooling2D()(
        base(inputs, training=False) if request["style"] == "guide" else InInference(base)(inputs)
    )
    model = keras.Model(inputs, keras.layers.Dense(request["classes"])(features))
    numbers = numpy.fromfile(request["weights"], dtype=numpy.float32)
    shapes = [weight.shape for weight in model.weights]
    ends = numpy.cumsum([numpy.prod(shape, dtype=int) for shape in shapes])
    assert ends[-1] == len(numbers), f"{ends[-1]} parameters here, {len(numbers)} there"
    model.set_weights([part.reshape(shape) for part, shape in zip(numpy.split(numbers, ends[:-1]), shapes)])
    return base, model


def prepare(request):
    base, model = build(request)
    job, batch, size = request["job"], request["batch"], request["size"]
    x = pictures(batch, size)
    if job == "predict":
        if request["style"] == "bare":
            constant = tensorflow.constant(x)
            function = tensorflow.function(lambda images: model(images, training=False))
            return lambda: function(constant).numpy()
        return lambda: model.predict(x, batch_size=batch, verbose=0)
    base.trainable = job != "head"
    if job == "fine-tune, norms frozen":
        for layer in base.layers:
            layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)
    model.compile(
        optimizer=keras.optimizers.Adam(request["learningRate"]),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    )
    y = numpy.arange(batch, dtype=numpy.int32) % request["classes"]
    return lambda: numpy.asarray(model.train_on_batch(x, y)).reshape(-1)


def export(request):
    _, model = build(request)
    # Keras exports only what has been called.
    model(numpy.zeros((1, request["size"], request["size"], 3), dtype=numpy.float32))
    model.export(request["export"], format="onnx", verbose=False)


def answer(value):
    answers.write(json.dumps(value) + "\n")
    answers.flush()


jobs = {}
answer({"versions": versions})
for line in sys.stdin:
    request = json.loads(line)
    try:
        if "prepare" in request:
            jobs[request["prepare"]] = prepare(request)
            answer({})
        elif "export" in request:
            export(request)
            answer({})
        elif "forget" in request:
            del jobs[request["forget"]]
            answer({})
        else:
            start = time.perf_counter()
            values = jobs[request["run"]]()
            milliseconds = 1000 * (time.perf_counter() - start)
            answer({"milliseconds": milliseconds, "values": [float(value) for value in values.reshape(-1)]})
    except Exception as error:
        answer({"error": repr(error)[:2000]})
