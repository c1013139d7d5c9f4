"""Reads and writes Keras models as model.json and one binary shard, the "layers-model" format of TensorFlow.js."""

import json
from pathlib import Path

import keras
import numpy as np

SHARD = "group1-shard1of1.bin"


def save_layers_model(model: keras.Model, folder: Path) -> None:
    """Writes the topology as Keras does, and the weights as little-endian float32 named "layer/variable"."""
    named = [(f"{layer.name}/{variable.name}", variable.numpy()) for layer in model.layers for variable in layer.weights]
    weights = [{"name": name, "shape": list(value.shape), "dtype": "float32"} for name, value in named]
    document = {
        "format": "layers-model",
        "generatedBy": f"keras v{keras.__version__}",
        "convertedBy": "examples/digits/pretrain/layers_model.py",
        "modelTopology": {
            "keras_version": keras.__version__,
            "backend": keras.backend.backend(),
            "model_config": json.loads(model.to_json()),
        },
        "weightsManifest": [{"paths": [SHARD], "weights": weights}],
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.json").write_text(json.dumps(document) + "\n", encoding="utf-8")
    (folder / SHARD).write_bytes(b"".join(value.astype("<f4").tobytes() for _, value in named))


def load_layers_model(folder: Path) -> keras.Model:
    """Rebuilds the model from model.json and fills in the weights by name."""
    document = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    model = keras.models.model_from_json(json.dumps(document["modelTopology"]["model_config"]))
    variables = {f"{layer.name}/{variable.name}": variable for layer in model.layers for variable in layer.weights}
    for group in document["weightsManifest"]:
        data = b"".join((folder / path).read_bytes() for path in group["paths"])
        values = np.frombuffer(data, "<f4")
        for weight in group["weights"]:
            size = int(np.prod(weight["shape"]))
            variables.pop(weight["name"]).assign(values[:size].reshape(weight["shape"]))
            values = values[size:]
    if variables:
        raise ValueError(f"no weights for {sorted(variables)}")
    return model
