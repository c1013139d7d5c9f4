"""What can be asked of Keras. Models are kept here and known outside by numbers."""

import itertools

import h5py
import keras
import numpy as np
import tensorflow as tf

from arrays import decode, encode

models = {}
numbers = itertools.count()


def keep(model):
    number = next(numbers)
    models[number] = model
    return {"model": number, "className": type(model).__name__, "weights": weights(number)}


def versions():
    return {"keras": keras.__version__, "tensorflow": tf.__version__, "numpy": np.__version__}


def forget():
    """Lets go of every model, and counts layer names from the beginning again."""
    models.clear()
    keras.backend.clear_session()


def load(path):
    return keep(keras.models.load_model(path))


def from_description(description):
    """A model, with weights of its own, from what config.json of a .keras file says."""
    description = {key: value for key, value in description.items() if key != "compile_config"}
    return keep(keras.saving.deserialize_keras_object(description))


def save(model, path):
    models[model].save(path)


def load_weights(model, path):
    models[model].load_weights(path)


def save_weights(model, path):
    models[model].save_weights(path)


def described(variables):
    return [{"path": v.path, "name": v.name, "trainable": bool(v.trainable), **encode(v)} for v in variables]


def weights(model):
    """Every weight, in the order of the model."""
    trainable = {id(variable) for variable in models[model].trainable_weights}
    return [
        {"path": v.path, "name": v.name, "trainable": id(v) in trainable, **encode(v)} for v in models[model].weights
    ]


def set_weights(model, values):
    models[model].set_weights([decode(value) for value in values])
    # Some layers compute with numbers that they make of their weights when those come from a file.
    for layer in models[model]._flatten_layers():
        if hasattr(layer, "finalize_state"):
            layer.finalize_state()


def scramble(model):
    """Other numbers for every floating weight."""
    for variable in models[model].weights:
        if variable.dtype == "float32":
            variable.assign(np.full(variable.shape, 7))


def tensors_of(model, arrays):
    return [tf.cast(decode(array), i.dtype) for array, i in zip(arrays, models[model].inputs, strict=True)]


def apply(model, tensors):
    return models[model](tensors[0] if len(tensors) == 1 else tensors, training=False)


def predict(model, inputs):
    """All outputs in inference."""
    outputs = apply(model, tensors_of(model, inputs))
    return [encode(output) for output in keras.tree.flatten(outputs)]


def gradients(model, inputs, directions):
    """Of the sum of each output times its direction: with respect to floating inputs, and to trainable weights."""
    tensors = tensors_of(model, inputs)
    variables = [variable.value for variable in models[model].trainable_weights]
    floating = [tensor for tensor in tensors if tensor.dtype.is_floating]
    with tf.GradientTape() as tape:
        tape.watch(floating)
        outputs = keras.tree.flatten(apply(model, tensors))
        total = sum(tf.reduce_sum(y * decode(d)) for y, d in zip(outputs, directions, strict=True))
    found = tape.gradient(total, floating + variables, unconnected_gradients=tf.UnconnectedGradients.ZERO)
    return [encode(tf.convert_to_tensor(slope)) for slope in found]


def made(module, description):
    """By its module: Keras does not know every class by name alone."""
    return keras.saving.deserialize_keras_object({"module": module, "registered_name": None, **description})


def compile(model, optimizer, loss):
    """Both are descriptions: {"class_name", "config"}."""
    models[model].compile(
        optimizer=made("keras.optimizers", optimizer),
        loss=made("keras.losses", loss),
        run_eagerly=True,
        jit_compile=False,
    )


def train(model, inputs, targets):
    """One update."""
    batch = [decode(array) for array in inputs]
    wanted = [decode(array) for array in targets]
    keras_model = models[model]
    keras_model.run_eagerly = True
    loss = keras_model.train_on_batch(
        batch[0] if len(batch) == 1 else batch, wanted[0] if len(wanted) == 1 else wanted
    )
    return {"loss": float(np.ravel(loss)[0]), "weights": weights(model), "optimizer": described(keras_model.optimizer.variables)}


def datasets(path):
    """Names and shapes of all datasets of an HDF5 file."""
    found = {}
    with h5py.File(path, "r") as file:
        file.visititems(lambda name, item: found.update({name: list(item.shape)}) if hasattr(item, "shape") else None)
    return found


OPERATIONS = {
    operation.__name__: operation
    for operation in (
        versions, forget, load, from_description, save, load_weights, save_weights, weights, set_weights, scramble,
        predict,
        gradients, compile, train, datasets,
    )
}
