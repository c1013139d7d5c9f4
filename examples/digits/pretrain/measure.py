"""Measures the demo's recipe with real Keras: head, fine-tuned and from scratch, three seeds each.

    .venv/bin/python measure.py PICTURES
"""

import argparse
from pathlib import Path

import keras
import numpy as np
from keras import layers

from layers_model import load_layers_model
from pictures import read_pictures

BATCH_SIZE = 16
HEAD = {"learning_rate": 1e-2, "epochs": 30}
FINE_TUNING = {"learning_rate": 1e-4, "epochs": 10}
FROM_SCRATCH = {"learning_rate": 3e-3, "epochs": 20}


class Classifier(keras.Model):
    """A base and a new head.

    With `transfer`, the base always runs in inference mode, unfrozen or not. A functional model with `base(x, training=False)`
    inside would say the same, but Keras 3.15 lets `fit` override it.
    """

    def __init__(self, base: keras.Model, transfer: bool) -> None:
        super().__init__()
        self.base = base
        self.transfer = transfer
        self.head = keras.Sequential([layers.GlobalAveragePooling2D(), layers.Dropout(0.2), layers.Dense(5)])

    def call(self, x, training=False):
        return self.head(self.base(x, training=training and not self.transfer), training=training)


def train(model: keras.Model, pictures: tuple[np.ndarray, np.ndarray], learning_rate: float, epochs: int) -> None:
    model.compile(
        keras.optimizers.Adam(learning_rate),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    model.fit(*pictures, batch_size=BATCH_SIZE, epochs=epochs, verbose=0)


def measure(base_folder: Path, pictures_folder: Path, per_class: int, seed: int) -> list[float]:
    keras.utils.set_random_seed(seed)
    training = read_pictures(pictures_folder, f"train-{per_class}-{seed}")
    test = read_pictures(pictures_folder, f"test-{seed}")

    def accuracy(model: keras.Model) -> float:
        return model.evaluate(*test, batch_size=500, verbose=0)[1]

    base = load_layers_model(base_folder)
    model = Classifier(base, transfer=True)
    base.trainable = False
    train(model, training, **HEAD)
    head = accuracy(model)

    base.trainable = True
    statistics = [variable.numpy() for variable in base.non_trainable_variables]
    train(model, training, **FINE_TUNING)
    fine_tuned = accuracy(model)
    for before, after in zip(statistics, base.non_trainable_variables, strict=True):
        np.testing.assert_array_equal(before, after.numpy())

    fresh = Classifier(keras.models.clone_model(base), transfer=False)
    train(fresh, training, **FROM_SCRATCH)
    return [accuracy(fresh), head, fine_tuned]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", type=Path, help="the folder that export_pictures.ts wrote")
    parser.add_argument("--base", type=Path, default=Path(__file__).parent.parent / "base")
    options = parser.parse_args()
    print("per class, seed: from scratch, head, fine-tuned")
    for per_class in (20, 40):
        for seed in (1, 2, 3):
            result = measure(options.base, options.pictures, per_class, seed)
            print(f"{per_class}, {seed}: " + ", ".join(f"{value:.3f}" for value in result), flush=True)


if __name__ == "__main__":
    main()
