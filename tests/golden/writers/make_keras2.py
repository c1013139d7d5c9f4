"""Small models as Keras 2 describes them, in the form of a tfjs layers-model, with outputs to compare.
usage: make_keras2.py > keras2.json     (needs tf_keras; made with tf_keras 2.21.0, TensorFlow 2.21.0)
"""
import base64
import json

import numpy as np
import tf_keras as keras

layers = keras.layers
random = np.random.RandomState(0)
cases = []


def numbers(*shape):
    return random.randn(*shape).astype("float32")


def encode(array):
    array = np.ascontiguousarray(array, "float32")
    return {"shape": list(array.shape), "dtype": "float32", "data": base64.b64encode(array.tobytes()).decode()}


def record(name, model, inputs):
    for weight in model.weights:
        spread = numbers(*weight.shape) * 0.4
        weight.assign(np.abs(spread) + 0.5 if "variance" in weight.name else spread)
    described = json.loads(model.to_json())
    weights = [(w.name.replace(":0", ""), w.numpy()) for w in model.weights]
    outputs = model(inputs[0] if len(inputs) == 1 else inputs, training=False)
    cases.append(
        {
            "name": name,
            "model": {
                "format": "layers-model",
                "modelTopology": {
                    "model_config": {"class_name": described["class_name"], "config": described["config"]},
                    "keras_version": described["keras_version"],
                    "backend": "tensorflow",
                },
                "weightsManifest": [
                    {
                        "paths": ["weights.bin"],
                        "weights": [{"name": n, "shape": list(a.shape), "dtype": "float32"} for n, a in weights],
                    }
                ],
            },
            "weights": base64.b64encode(b"".join(np.ascontiguousarray(a).tobytes() for _, a in weights)).decode(),
            "inputs": [encode(x) for x in inputs],
            "outputs": [encode(y) for y in (outputs if isinstance(outputs, (list, tuple)) else [outputs])],
            "trainable": len(model.trainable_weights),
        }
    )


def make_base():
    start = keras.Input((8, 8, 3))
    x = layers.Conv2D(4, 3, padding="same", use_bias=False, name="c1")(start)
    x = layers.BatchNormalization(name="bn1")(x)
    x = layers.ReLU(6.0)(x)
    x = layers.DepthwiseConv2D(3, name="dw")(x)
    return keras.Model(start, layers.LeakyReLU(0.1)(x), name="base")


def make_encoder(*first):
    return keras.Sequential([*first, layers.Dense(3, activation="tanh", name="d")], name="encoder")


def apply_thrice(encoder):
    a, b = keras.Input((4,), name="a"), keras.Input((4,), name="b")
    x, y, z = encoder(a), encoder(b), encoder(layers.Add(name="sum")([a, b]))
    return keras.Model([a, b], [layers.Concatenate()([x, z, y]), layers.Subtract()([y, z])])


base = make_base()
base.trainable = False
start = keras.Input((8, 8, 3))
x = layers.GlobalAveragePooling2D()(base(start, training=False))
x = layers.Dropout(0.2)(x)
outputs = layers.Dense(3, activation="hard_sigmoid")(x)
record("frozen nested base, called with training=False", keras.Model(start, outputs), [numbers(2, 8, 8, 3) * 3])

start = keras.Input((8, 8, 3))
record("nested model as output", keras.Model(start, make_base()(start)), [numbers(2, 8, 8, 3)])
known = make_encoder(keras.Input((4,)))
record("shared nested model that knows its input", apply_thrice(known), [numbers(2, 4), numbers(2, 4)])
record("shared nested model that was built late", apply_thrice(make_encoder()), [numbers(2, 4), numbers(2, 4)])

first = keras.Sequential([make_base(), layers.GlobalAveragePooling2D()])
second = keras.Sequential([layers.Dense(5, activation="relu", input_shape=(4,)), layers.Dense(3)])
record("sequential of sequential models", keras.Sequential([first, second]), [numbers(2, 8, 8, 3)])

late = keras.Sequential([layers.Dense(5), layers.Dense(3)])
late(numbers(2, 4))
record("sequential model that was built late", late, [numbers(2, 4)])

start = keras.Input((4,))
twins = [keras.Sequential([keras.Input((4,)), layers.Dense(4, name="same")], name=name) for name in "ab"]
record("nested models with layers of one name", keras.Model(start, twins[1](twins[0](start))), [numbers(2, 4)])

print(json.dumps({"tf_keras": keras.__version__, "cases": cases}, indent=1))
