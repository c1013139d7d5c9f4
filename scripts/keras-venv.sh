#!/usr/bin/env bash
# Makes what `npm run test:keras` needs: a virtual environment with Keras on TensorFlow, in .venv-keras (1.6 GB).
# Where MAPACHE_KERAS_PYTHON names the Python of another environment, that one is used and nothing is installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

python="${MAPACHE_KERAS_PYTHON:-.venv-keras/bin/python}"
requirements=tests/keras/python/requirements.txt

if [[ -z "${MAPACHE_KERAS_PYTHON:-}" ]] && ! cmp -s "$requirements" .venv-keras/requirements.txt; then
  [[ -x "$python" ]] || python3 -m venv .venv-keras || {
    echo 'keras-venv: python3 cannot make virtual environments. On Debian: apt-get install python3-venv.' >&2
    exit 1
  }
  "$python" -m pip install --quiet --disable-pip-version-check --requirement "$requirements"
  cp "$requirements" .venv-keras/requirements.txt
fi

TF_CPP_MIN_LOG_LEVEL=3 KERAS_BACKEND=tensorflow "$python" - <<'PYTHON' 2>/dev/null || {
import keras, tensorflow, h5py, safetensors
print(f"Keras {keras.__version__} on TensorFlow {tensorflow.__version__}")
PYTHON
  echo "keras-venv: '$python' cannot import keras, tensorflow, h5py and safetensors." >&2
  exit 1
}
