"""How fast the engine is, beside what it is measured against; `python -m tests.benchmarks`."""
