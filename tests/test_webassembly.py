"""The engine runs where there are neither threads nor processes nor a BLAS: under WebAssembly.

Simulated: an interpreter in which a thread or a process that is started is an error, and whose
NumPy tells as little of itself as Pyodide's does.
"""

import subprocess
import sys

PROGRAM = """
import importlib, pkgutil, sys, threading

for name in ("_multiprocessing", "_posixsubprocess", "_posixshmem"):
    sys.modules[name] = None  # importing it is an error

def refuse(*_, **__):
    raise RuntimeError("can't start new thread")

threading.Thread.start = refuse

import numpy as np
np.show_config = lambda mode: {"Compilers": {}, "Machine Information": {}}

import engine
for module in pkgutil.walk_packages(engine.__path__, "engine."):
    importlib.import_module(module.name)

from engine.experiment.experiment import Experiment
from engine.training.run import run
from engine.training.sweep import sweep

xor = Experiment(epochs=20)
digits = Experiment(dataset="mnist", samples=200, hidden=(8,), batch_size=20, epochs=2)
for experiment in (xor, digits):
    print(repr(run(experiment).final("train_cost")))
print([repr(done.final("train_cost")) for done in sweep([xor, xor.but(seed=1)])])
"""


def test_without_threads_and_processes_it_computes_the_same():
    told = {}
    for program in (PROGRAM, PROGRAM.replace("threading.Thread.start = refuse", "")):
        answer = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=False
        )
        assert answer.returncode == 0, answer.stderr
        told[program] = answer.stdout
    assert len(set(told.values())) == 1
    assert answer.stdout.count(".") == 4
