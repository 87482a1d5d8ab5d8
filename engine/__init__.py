"""Neural networks in NumPy, from a single layer to the script that repeats a run."""
