"""Writes what real Keras says about the base, for a test of our loader: reads ../base back and runs it on one picture.

    .venv/bin/python golden.py PICTURES
"""

import argparse
import json
from pathlib import Path

import keras
import numpy as np

from layers_model import load_layers_model
from pictures import read_pictures

DIGITS = Path(__file__).parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", type=Path, help="the folder that export_pictures.ts wrote")
    parser.add_argument("--output", type=Path, default=DIGITS.parent.parent / "tests/golden/digits-base.json")
    options = parser.parse_args()

    images, _ = read_pictures(options.pictures, "test-1")
    base = load_layers_model(DIGITS / "base")
    output = base(images[:1].astype(np.float32), training=False).numpy()
    document = {
        "madeBy": "examples/digits/pretrain/golden.py",
        "versions": {"keras": keras.__version__, "backend": keras.backend.backend(), "numpy": np.__version__},
        "model": "examples/digits/base/model.json",
        "picture": {"digits": [5, 6, 7, 8, 9], "perClass": 300, "seed": 101, "split": "test", "index": 0},
        "input": {"shape": [1, 40, 40, 3], "values": images[0].ravel().tolist()},
        "output": {
            "shape": list(output.shape),
            "mean": float(output.mean(dtype=np.float64)),
            "first16": output.ravel()[:16].astype(np.float64).tolist(),
            "channelMeans": output.mean(axis=(0, 1, 2), dtype=np.float64).tolist(),
        },
    }
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(document) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
