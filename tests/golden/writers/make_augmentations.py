"""What Keras's augmentation layers make of small pictures, for random numbers that are written down too.
usage: make_augmentations.py > augmentations.json     (made with keras 3.15.1 on TensorFlow 2.21.0)
"""
import base64
import json
import os

os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import keras.src.layers.preprocessing.image_preprocessing.aug_mix as aug_mix
import numpy as np
import tensorflow as tf
from keras.src.backend.tensorflow import random as numbers

layers = keras.layers
source = np.random.RandomState(7)
drawn = []


def note(kind, values):
    values = np.asarray(values)
    drawn.append({"kind": kind, "values": [round(float(v), 6) for v in values.reshape(-1)]})
    return np.asarray(drawn[-1]["values"]).reshape(values.shape)


def shape_of(shape):
    return [int(n) for n in shape]


def uniform(shape, minval=0.0, maxval=1.0, dtype=None, seed=None):
    unit = note("uniform", source.uniform(size=shape_of(shape)))
    return keras.ops.convert_to_tensor(minval + unit * (maxval - minval), dtype or "float32")


def randint(shape, minval, maxval, dtype="int32", seed=None):
    values = note("integers", np.floor(source.uniform(size=shape_of(shape)) * (maxval - minval) + minval))
    return keras.ops.cast(keras.ops.convert_to_tensor(values), dtype)


def normal(shape, mean=0.0, stddev=1.0, dtype=None, seed=None):
    return keras.ops.convert_to_tensor(note("normal", source.normal(size=shape_of(shape))), dtype or "float32")


def beta(shape, alpha, beta, dtype=None, seed=None):
    values = note("beta", source.beta(0.7, 0.7, size=shape_of(shape)))
    return keras.ops.convert_to_tensor(values, dtype or "float32")


def gamma(shape, alpha, dtype=None, seed=None):
    values = note("gamma", source.gamma(1.0, size=shape_of(shape)))
    return keras.ops.convert_to_tensor(values, dtype or "float32")


def shuffle(x, axis=0, seed=None):
    return keras.ops.take(x, note("order", source.permutation(x.shape[0])).astype("int32"), axis=0)


class Choices:
    """For AugMix: every layer draws in each link, so that what is drawn does not depend on the choice."""

    def start(self, layer, images):
        self.layer = layer
        self.images = images
        self.draws = {name: getattr(layer, name).get_random_transformation for name in layer._augment_layers}

    def choice(self, names):
        chosen = int(note("integers", source.randint(len(names))))
        for name in names[:-1]:
            drawn_once = self.draws[name](self.images)
            getattr(self.layer, name).get_random_transformation = lambda *_, drawn_once=drawn_once, **__: drawn_once
        return names[chosen]


normals = {}


def stateless_normal(shape, seed, mean=0.0, stddev=1.0, dtype="float32"):
    """The same for the same seed, as TensorFlow's."""
    key = tuple(np.asarray(seed).tolist())
    if key not in normals:
        normals[key] = note("normal", source.normal(size=shape_of(shape)))
    return keras.ops.convert_to_tensor(normals[key], dtype)


for function in (uniform, randint, normal, beta, gamma, shuffle):
    setattr(numbers, function.__name__, function)
choices = Choices()
aug_mix.py_random = choices
tf.random.stateless_normal = stateless_normal

inputs = {
    "bytes": np.floor(source.uniform(0, 256, (3, 5, 6, 3))),
    "units": np.round(source.uniform(0, 1, (2, 6, 4, 3)), 4),
    "gray": np.floor(source.uniform(0, 256, (2, 4, 5, 1))),
    "large": np.floor(source.uniform(0, 256, (2, 9, 12, 1))),
}
labels = {name: np.round(source.dirichlet([1, 1, 1], len(x)), 4) for name, x in inputs.items()}
cases = []


def encode(array):
    array = np.ascontiguousarray(array, "float32")
    return {"shape": list(array.shape), "data": base64.b64encode(array.tobytes()).decode()}


def record(layer_class, name="bytes", **options):
    drawn.clear()
    layer = layer_class(**options)
    given = {"images": inputs[name].astype("float32"), "labels": labels[name].astype("float32")}
    if layer_class in (layers.RandomGrayscale, layers.ContrastLimitedAdaptiveHistogramEqualization):
        given = given["images"]
    if layer_class is layers.AugMix:
        choices.start(layer, given["images"])
    out = layer(given, training=True)
    images = out["images"] if isinstance(out, dict) else out
    case = {"className": layer_class.__name__, "options": options, "input": name, "numbers": list(drawn)}
    case["output"] = encode(images)
    if isinstance(out, dict) and not np.array_equal(out["labels"], labels[name].astype("float32")):
        case["labels"] = encode(out["labels"])
    cases.append(case)


for mode in ("horizontal", "vertical", "horizontal_and_vertical"):
    record(layers.RandomFlip, mode=mode)
for fill_mode in ("reflect", "wrap", "constant", "nearest"):
    for interpolation in ("bilinear", "nearest"):
        how = {"fill_mode": fill_mode, "interpolation": interpolation, "fill_value": 9.0}
        record(layers.RandomRotation, factor=0.9, **how)
        record(layers.RandomTranslation, "gray", height_factor=0.9, width_factor=[-0.3, 1.0], **how)
        record(layers.RandomZoom, height_factor=[-0.5, 0.9], width_factor=[-0.2, 0.7], **how)
    record(layers.RandomShear, "gray", x_factor=0.9, y_factor=[0.3, 0.6], fill_mode=fill_mode)
record(layers.RandomZoom, "units", height_factor=0.8)
record(layers.RandomContrast, factor=0.8)
record(layers.RandomContrast, "units", factor=[0.7, 0.9], value_range=[0, 1])
record(layers.RandomBrightness, factor=0.5)
record(layers.RandomBrightness, "units", factor=[-0.3, 0.9], value_range=[0, 1])
for height, width in ((4, 7), (9, 5), (5, 12), (12, 9), (8, 11)):
    record(layers.RandomCrop, "large", height=height, width=width)
record(layers.MixUp, alpha=0.4)
record(layers.CutMix, factor=0.8)
record(layers.RandomHue, factor=0.9)
record(layers.RandomHue, "units", factor=[0.3, 0.7], value_range=[0, 1])
record(layers.RandomSaturation, factor=0.6)
record(layers.RandomSaturation, "units", factor=[0.4, 0.9], value_range=[0, 1])
record(layers.RandomColorJitter, brightness_factor=0.3, contrast_factor=0.4, saturation_factor=[0.3, 0.6], hue_factor=0.2)
record(layers.RandomColorJitter, contrast_factor=0.4)
record(layers.RandomGrayscale, factor=0.5)
record(layers.RandomInvert, factor=0.9)
record(layers.RandomInvert, "units", factor=[0.2, 0.8], value_range=[0, 1])
record(layers.RandomPosterization, factor=8)
record(layers.RandomPosterization, "units", factor=[3, 3], value_range=[0, 1])
record(layers.RandomColorDegeneration, factor=0.9)
record(layers.RandomSharpness, factor=0.9)
record(layers.RandomSharpness, "units", factor=[0.6, 1.0], value_range=[0, 1])
record(layers.RandomGaussianBlur, kernel_size=3, sigma=1.0)
record(layers.RandomGaussianBlur, "large", kernel_size=[5, 5], sigma=[0.5, 1.0])
record(layers.RandomGaussianBlur, "large", factor=[0.9, 1.0], kernel_size=[3, 5], sigma=[0.5, 1.0])
record(layers.RandomErasing, factor=1.0)
record(layers.RandomErasing, factor=[0.9, 1.0], scale=[0.3, 0.9], fill_value=[1.0, 2.0, 3.0])
record(layers.RandomErasing, factor=[0.9, 1.0], scale=0.8, fill_value=77.0)
record(layers.RandomPerspective, factor=1.0)
record(layers.RandomPerspective, "large", factor=[1.0, 1.0], scale=0.5, fill_value=3.0)
record(layers.RandomPerspective, "large", factor=[1.0, 1.0], scale=0.3, interpolation="nearest")
record(layers.Solarization, addition_factor=0.3, threshold_factor=[0.2, 0.7])
record(layers.Solarization, "units", threshold_factor=0.9, value_range=[0, 1])
record(layers.AutoContrast)
record(layers.AutoContrast, "units", value_range=[0, 1])
record(layers.Equalization)
record(layers.Equalization, "units", value_range=[0, 1], bins=16)
for _ in range(14):
    record(layers.RandAugment, num_ops=1, factor=0.6)
record(layers.RandAugment, "units", num_ops=3, value_range=[0, 1])
for _ in range(4):
    record(layers.AugMix)
record(layers.AugMix, "units", num_chains=2, chain_depth=4, factor=0.7, all_ops=False, value_range=[0, 1])
record(layers.AugMix, "units", num_chains=1, chain_depth=6, factor=[0.4, 0.9], alpha=0.5, value_range=[0, 1])

# Long enough for pixels to move far, and large enough for noise to be blurred.
inputs["long"] = np.floor(source.uniform(0, 256, (2, 6, 40, 1)))
inputs["tall"] = np.floor(source.uniform(0, 256, (1, 46, 42, 1)))
labels.update({"long": np.ones((2, 3)), "tall": np.ones((1, 3))})
for fill_mode in ("reflect", "wrap", "constant", "nearest"):
    for interpolation in ("bilinear", "nearest"):
        how = {"fill_mode": fill_mode, "interpolation": interpolation, "fill_value": 9.0}
        record(layers.RandomElasticTransform, "long", factor=[1.0, 1.0], scale=[0.9, 1.0], **how)
record(layers.RandomElasticTransform, "units", factor=0.8, scale=0.7, value_range=[0, 1])
record(layers.RandomElasticTransform, "tall", factor=[1.0, 1.0], scale=[0.5, 0.9])
record(layers.RandomElasticTransform, "tall", factor=[1.0, 1.0], scale=[0.98, 1.0], fill_mode="constant")
record(layers.RandomElasticTransform, factor=0.0)

clahe = layers.ContrastLimitedAdaptiveHistogramEqualization
record(clahe)
record(clahe, "tall")
record(clahe, "tall", clip_limit=0.0, tile_grid_size=[3, 2])
record(clahe, "large", clip_limit=1.5, tile_grid_size=[2, 4])
record(clahe, "units", value_range=[0, 1], tile_grid_size=[2, 2])

print(
    json.dumps(
        {
            "keras": keras.__version__,
            "inputs": {name: encode(x) for name, x in inputs.items()},
            "labels": {name: encode(y) for name, y in labels.items()},
            "cases": cases,
        }
    )
)
