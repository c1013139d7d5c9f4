"""What Keras's applications are made of: every layer's name, class, output shape, weights, inputs and options, as digests.
usage: make_applications.py [folder for the full lines] > applications.json     (made with keras 3.15.1)
"""
import hashlib
import json
import os
import re
import sys

import keras
from keras import applications
from keras.src.models import Sequential

NAMES = """Xception VGG16 VGG19 ResNet50 ResNet101 ResNet152 ResNet50V2 ResNet101V2 ResNet152V2 InceptionV3
InceptionResNetV2 MobileNet MobileNetV2 MobileNetV3Small MobileNetV3Large DenseNet121 DenseNet169 DenseNet201
NASNetMobile NASNetLarge EfficientNetB0 EfficientNetB1 EfficientNetB2 EfficientNetB3 EfficientNetB4 EfficientNetB5
EfficientNetB6 EfficientNetB7 EfficientNetV2B0 EfficientNetV2B1 EfficientNetV2B2 EfficientNetV2B3 EfficientNetV2S
EfficientNetV2M EfficientNetV2L ConvNeXtTiny ConvNeXtSmall ConvNeXtBase ConvNeXtLarge ConvNeXtXLarge""".split()

# A network of unknown size cannot be built here: Keras builds one whose parts do not fit together.
NO_TOP = {"NASNetLarge": {"input_shape": (331, 331, 3)}}

OPTIONS = [
    ("Xception", {"include_top": False, "pooling": "avg", "input_shape": (71, 80, 3)}),
    ("VGG16", {"classes": 5, "input_shape": (48, 64, 3)}),
    ("VGG19", {"include_top": False, "pooling": "max", "input_shape": (32, 32, 1)}),
    ("ResNet50", {"include_top": False, "pooling": "avg"}),
    ("ResNet50", {"classes": 10, "classifier_activation": None, "input_shape": (64, 64, 3)}),
    ("ResNet50V2", {"include_top": False, "pooling": "max", "input_shape": (33, 47, 3)}),
    ("InceptionV3", {"include_top": False, "pooling": "max", "input_shape": (75, 75, 3)}),
    ("InceptionResNetV2", {"include_top": False, "pooling": "avg", "input_shape": (75, 91, 3)}),
    ("MobileNet", {"alpha": 0.25, "depth_multiplier": 2, "dropout": 0.5, "classes": 10, "input_shape": (64, 48, 3)}),
    ("MobileNet", {"include_top": False, "pooling": "avg", "alpha": 0.5, "input_shape": (128, 128, 3)}),
    ("MobileNetV2", {"alpha": 0.35, "input_shape": (96, 96, 3)}),
    ("MobileNetV2", {"alpha": 1.4, "include_top": False, "pooling": "avg", "input_shape": (160, 160, 3)}),
    ("MobileNetV2", {"alpha": 0.5, "include_top": False, "pooling": "max", "input_shape": (97, 130, 3)}),
    ("MobileNetV2", {"classes": 2, "classifier_activation": "sigmoid", "name": "cats"}),
    ("MobileNetV3Small", {"minimalistic": True, "alpha": 0.75}),
    ("MobileNetV3Large", {"include_preprocessing": False, "dropout_rate": 0, "classes": 3, "input_shape": (65, 96, 3)}),
    ("MobileNetV3Large", {"include_top": False, "pooling": "max", "alpha": 1.25, "input_shape": (64, 64, 1)}),
    ("DenseNet121", {"include_top": False, "pooling": "max", "input_shape": (50, 50, 3)}),
    ("NASNetMobile", {"include_top": False, "pooling": "avg", "input_shape": (97, 97, 3)}),
    ("NASNetMobile", {"classes": 4, "input_shape": (64, 64, 3)}),
    ("EfficientNetB0", {"include_top": False, "pooling": "avg", "input_shape": (65, 98, 3)}),
    ("EfficientNetB1", {"classes": 7, "classifier_activation": None, "input_shape": (96, 96, 3)}),
    ("EfficientNetV2B0", {"include_top": False, "pooling": "max", "input_shape": (32, 32, 1)}),
    ("EfficientNetV2B1", {"include_preprocessing": False, "classes": 3, "input_shape": (64, 64, 3)}),
    ("EfficientNetV2S", {"include_top": False, "include_preprocessing": False, "input_shape": (65, 65, 3)}),
    ("ConvNeXtTiny", {"include_top": False, "pooling": "avg", "include_preprocessing": False}),
    ("ConvNeXtTiny", {"include_top": False, "pooling": "max", "input_shape": (64, 32, 5)}),
    ("ConvNeXtSmall", {"classes": 3, "classifier_activation": None, "input_shape": (64, 64, 3)}),
]

WINDOW = ["kernel_size", "strides", "padding", "dilation_rate", "activation", "use_bias"]
ESSENTIALS = {
    "InputLayer": ["batch_shape"],
    "Conv2D": WINDOW + ["filters", "groups", "kernel_initializer", "bias_initializer"],
    "DepthwiseConv2D": WINDOW + ["depth_multiplier", "depthwise_initializer"],
    "SeparableConv2D": WINDOW + ["filters", "depth_multiplier", "depthwise_initializer", "pointwise_initializer"],
    "Dense": ["units", "activation", "use_bias", "kernel_initializer", "bias_initializer"],
    "BatchNormalization": ["axis", "momentum", "epsilon", "center", "scale"],
    "LayerNormalization": ["axis", "epsilon", "center", "scale"],
    "Activation": ["activation"],
    "ReLU": ["max_value", "negative_slope", "threshold"],
    "MaxPooling2D": ["pool_size", "strides", "padding"],
    "AveragePooling2D": ["pool_size", "strides", "padding"],
    "GlobalAveragePooling2D": ["keepdims"],
    "GlobalMaxPooling2D": ["keepdims"],
    "ZeroPadding2D": ["padding"],
    "Cropping2D": ["cropping"],
    "Flatten": [],
    "Reshape": ["target_shape"],
    "Dropout": ["rate", "noise_shape"],
    "Add": [],
    "Multiply": [],
    "Concatenate": ["axis"],
    "Rescaling": ["scale", "offset"],
    "Normalization": ["axis", "invert", "mean", "variance"],
    "LayerScale": ["init_values", "projection_dim"],
    "CustomScaleLayer": ["scale"],
    "Sequential": [],
}


def text(value):
    """A value as text that does not depend on the language it is written in."""
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, (int, float)):
        return re.sub(r"e([+-])0*(\d)", r"e\1\2", f"{value:.6e}")
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(map(text, value)) + "]"
    if hasattr(value, "tolist"):
        return text(value.tolist())
    if isinstance(value, dict) and "class_name" in value:
        config = ",".join(f"{k}={text(v)}" for k, v in sorted(value["config"].items()) if k != "seed" and v is not None)
        return f"{value['class_name']}({config})"
    return str(value)


def options_of(operation):
    kind = type(operation).__name__
    if not isinstance(operation, keras.Layer):
        return ""
    config = operation.get_config()
    return ",".join(f"{key}={text(config[key])}" for key in ESSENTIALS[kind])


def argument(value):
    if isinstance(value, (list, tuple)):
        return ",".join(map(argument, value))
    if isinstance(value, keras.KerasTensor):
        return value._keras_history.operation.name
    return text(value)


def lines_of(model):
    lines = []
    for operation in model.operations:
        is_layer = isinstance(operation, keras.Layer)
        node = operation._inbound_nodes[0]
        inputs = "" if node.is_input else ",".join(argument(a) for a in node.arguments.args)
        shapes = ";".join(text(w.shape) for w in operation.weights) if is_layer else ""
        shape = text(node.outputs[0].shape)
        lines.append(f"{operation.name} {type(operation).__name__} {shape} [{shapes}] <{inputs}> {options_of(operation)}")
        if isinstance(operation, Sequential):
            lines += [f"  {line}" for line in lines_of(operation._functional)]
    return lines


def digest(string, length):
    return hashlib.sha256(string.encode()).hexdigest()[:length]


def size(weights):
    total = 0
    for weight in weights:
        count = 1
        for extent in weight.shape:
            count *= extent
        total += count
    return total


def record(name, options):
    keras.backend.clear_session()
    # Shapes are enough: the numbers of the largest model would take gigabytes.
    with keras.StatelessScope(initialize_variables=False):
        model = getattr(applications, name)(weights=None, **options)
    lines = lines_of(model)
    if len(sys.argv) > 1:
        os.makedirs(sys.argv[1], exist_ok=True)
        with open(os.path.join(sys.argv[1], f"{name}-{digest(text(sorted(options.items())), 8)}.txt"), "w") as file:
            file.write("\n".join([f"{name} {options}", *lines]) + "\n")
    print(name, options, file=sys.stderr, flush=True)
    return {
        "application": name,
        "options": options,
        "name": model.name,
        "output": list(model.output_shape),
        "parameters": size(model.weights),
        "trainable": size(model.trainable_weights),
        "tensors": len(model.weights),
        # The first characters of each layer's digest, to find the first one that differs.
        "layers": "".join(digest(line, 4) for line in lines),
        "digest": digest("\n".join(lines), 32),
    }


cases = []
for name in NAMES:
    cases.append(record(name, {}))
    cases.append(record(name, {"include_top": False, **NO_TOP.get(name, {})}))
for name, options in OPTIONS:
    cases.append(record(name, options))
print(json.dumps({"keras": keras.__version__, "cases": cases}, separators=(",", ":")).replace('{"application"', '\n{"application"'))
