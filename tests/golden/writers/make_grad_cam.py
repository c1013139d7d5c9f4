"""Grad-CAM heat maps by the recipe of keras.io, of MobileNet 0.25 for the first pictures of the reference data.
usage: make_grad_cam.py SHARED_DATA > grad_cam.json     (made with keras 3.15.1 on TensorFlow 2.21.0)
"""
import json
import os
import sys

data = sys.argv[1]
os.environ.update(KERAS_BACKEND="tensorflow", KERAS_HOME=f"{data}/keras_home", TF_ENABLE_ONEDNN_OPTS="0")
import keras
import numpy as np
import tensorflow as tf

pictures = np.fromfile(f"{data}/goldens/models/inputs/eight_224_tf.bin", "<f4").reshape(8, 224, 224, 3)[:4]
model = keras.applications.MobileNet(alpha=0.25, weights="imagenet")
model.layers[-1].activation = keras.activations.linear
looker = keras.Model(model.inputs, [model.get_layer("conv_pw_13_relu").output, model.output])


def heat_map(picture, class_index):
    with tf.GradientTape() as tape:
        maps, scores = looker([picture[None]])
        class_index = int(tf.argmax(scores[0])) if class_index is None else class_index
        score = scores[:, class_index]
    weights = tf.reduce_mean(tape.gradient(score, maps), axis=(0, 1, 2))
    heat = tf.maximum(tf.squeeze(maps[0] @ weights[..., tf.newaxis]), 0)
    return class_index, (heat / tf.reduce_max(heat)).numpy()


cases = []
for i, picture in enumerate(pictures):
    for asked in (None, 281):
        class_index, heat = heat_map(picture, asked)
        cases.append({"picture": i, "classIndex": class_index, "predicted": asked is None,
                      "heat": [[float(f"{v:.7g}") for v in row] for row in heat.tolist()]})
print(json.dumps({"keras": keras.__version__, "model": "mobilenet_v1_0.25_224", "cases": cases}))
