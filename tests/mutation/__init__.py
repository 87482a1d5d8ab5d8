"""Small faults put into the engine on purpose, to see whether its tests notice.

`python -m tests.mutation --seed 1 --count 300` draws them; what survives though it does no harm is
explained in `explained`.
"""
