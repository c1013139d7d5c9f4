"""Reads the pictures that export_pictures.ts wrote."""

from pathlib import Path

import numpy as np


def read_pictures(folder: Path, name: str) -> tuple[np.ndarray, np.ndarray]:
    """The images, uint8 of shape (n, 40, 40, 3), and their labels, int32 of shape (n,)."""
    images = np.fromfile(folder / f"{name}.images", np.uint8).reshape(-1, 40, 40, 3)
    labels = np.fromfile(folder / f"{name}.labels", np.uint8).astype(np.int32)
    return images, labels
