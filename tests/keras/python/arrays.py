"""Arrays as the golden files have them: shape, dtype, and base64 of the little-endian bytes, in C order."""

import base64

import numpy as np

KINDS = {"float32": "<f4", "int32": "<i4"}


def encode(values):
    values = np.asarray(values)
    dtype = "int32" if values.dtype.kind in "iub" else "float32"
    data = np.ascontiguousarray(values.astype(KINDS[dtype])).tobytes()
    return {"shape": list(values.shape), "dtype": dtype, "data": base64.b64encode(data).decode()}


def decode(array):
    values = np.frombuffer(base64.b64decode(array["data"]), dtype=KINDS[array["dtype"]])
    return values.reshape(array["shape"])
