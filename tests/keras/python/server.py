"""Real Keras as a servant: reads requests from standard input, one JSON object a line, and answers each with one line.

A request is {"op": name, ...arguments}; an answer is {"result": ...} or {"error": "Class: message"}.
"""

import os
import sys

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["OMP_NUM_THREADS"] = "1"

# Answers go where standard output went. Whatever else is printed on the way must not come between them.
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)

import json

import tensorflow as tf

tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)

from operations import OPERATIONS


def answer(request):
    try:
        arguments = dict(request)
        return {"result": OPERATIONS[arguments.pop("op")](**arguments)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), file=answers, flush=True)
