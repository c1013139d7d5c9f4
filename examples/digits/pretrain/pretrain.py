"""Trains the demo's base on the digits 0 to 4 and writes it to ../base.

    python -m venv .venv && .venv/bin/pip install -r requirements.txt
    npx tsx export_pictures.ts PICTURES
    .venv/bin/python pretrain.py PICTURES
"""

import argparse
from pathlib import Path

import keras
import numpy as np
from keras import layers

from layers_model import save_layers_model
from pictures import read_pictures

BATCH_SIZE = 128
LEARNING_RATE = 3e-3


def normalize(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    # Momentum 0.9, not 0.99: trained from scratch on 100 pictures, the moving statistics must settle within some hundred steps.
    x = layers.BatchNormalization(momentum=0.9, name=f"{name}_bn")(x)
    return layers.ReLU(name=f"{name}_relu")(x)


def separable_block(x: keras.KerasTensor, index: int, filters: int, strides: int) -> keras.KerasTensor:
    depthwise, pointwise = f"conv_dw_{index}", f"conv_pw_{index}"
    x = layers.DepthwiseConv2D(3, strides=strides, padding="same", use_bias=False, name=depthwise)(x)
    x = normalize(x, depthwise)
    x = layers.Conv2D(filters, 1, padding="same", use_bias=False, name=pointwise)(x)
    return normalize(x, pointwise)


def build_base() -> keras.Model:
    """A small MobileNet, 40x40x3 bytes -> 5x5x160: 57,232 parameters, 1.94 million multiply-adds a picture."""
    pictures = keras.Input((40, 40, 3), name="pictures")
    x = layers.Rescaling(1 / 127.5, offset=-1, name="rescaling")(pictures)
    x = layers.Conv2D(24, 3, strides=2, padding="same", use_bias=False, name="conv1")(x)
    x = normalize(x, "conv1")
    for index, (filters, strides) in enumerate([(48, 2), (64, 1), (128, 2), (128, 1), (160, 1)], start=1):
        x = separable_block(x, index, filters, strides)
    return keras.Model(pictures, x, name="digits_base")


def build_classifier(base: keras.Model, classes: int) -> keras.Model:
    # The hidden layer takes on what is special to these classes, and is cut off with the head: the base transfers better.
    x = layers.GlobalAveragePooling2D()(base.output)
    x = layers.Dense(64, activation="relu")(x)
    x = layers.Dropout(0.3)(x)
    return keras.Model(base.input, layers.Dense(classes)(x))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", type=Path, help="the folder that export_pictures.ts wrote")
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--output", type=Path, default=Path(__file__).parent.parent / "base")
    options = parser.parse_args()

    parts = [read_pictures(options.pictures, f"pretrain-{part}") for part in range(10)]
    images = np.concatenate([part[0] for part in parts])
    labels = np.concatenate([part[1] for part in parts])

    keras.utils.set_random_seed(0)
    base = build_base()
    base.summary()
    classifier = build_classifier(base, classes=5)
    steps = options.epochs * -(-len(images) // BATCH_SIZE)
    schedule = keras.optimizers.schedules.CosineDecay(
        1e-4, decay_steps=steps - steps // 10, warmup_target=LEARNING_RATE, warmup_steps=steps // 10
    )
    classifier.compile(
        keras.optimizers.AdamW(schedule, weight_decay=1e-4),
        keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    classifier.fit(
        images,
        labels,
        batch_size=BATCH_SIZE,
        epochs=options.epochs,
        validation_data=read_pictures(options.pictures, "validation"),
        verbose=2,
    )
    save_layers_model(base, options.output)


if __name__ == "__main__":
    main()
