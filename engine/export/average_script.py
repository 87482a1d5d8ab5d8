"""A series and its exponentially weighted average as a script: its weights, how late it is."""

from collections.abc import Sequence

import numpy as np

from engine.inspection.smoothing import unrest_left
from engine.optim import forgetting
from engine.optim.averages import exponentially_weighted_average

_A_LINE = 12

_PROGRAM = '''\
"""An exponentially weighted average: over how many days it goes, and how late that makes it."""

import math

import numpy as np

theta = np.array([
{values}
])
beta = {beta}
day = {t}  # counted from 1

v = 0.0
averages = []
for value in theta:
    v = beta * v + (1 - beta) * value
    averages.append(v)
averages = np.array(averages)

# The weights of the days so far sum to 1 - beta^t only: divided by that, the first are right too.
t = np.arange(1, theta.size + 1)
corrected = averages / (1 - beta**t)

print(f"day {{day}}: {{theta[day - 1]:.4f}}")
print(f"average {{averages[day - 1]:.4f}}")
print(f"corrected {{corrected[day - 1]:.4f}}")

# The same as a sum: a value of age k weighs (1 - beta) beta^k.
weights = (1 - beta) * beta ** np.arange(day)
print(f"as a sum {{weights @ theta[day - 1 :: -1]:.4f}}")
print(f"all weights {{weights.sum():.6f}}")

window = math.floor(1 / (1 - beta) + 0.5)
print(f"window {{window}} days, {{1 - beta**window:.4f}} of the weight")
print(f"mean age {{beta / (1 - beta):.4f}} days")


def unrest(series):
    """Return the root mean square of the changes from day to day."""
    return np.sqrt(np.mean(np.diff(series) ** 2))


print(f"changes left {{unrest(corrected) / unrest(theta):.4f}}")
'''


def average_script(values: Sequence[float], beta: float, t: int) -> str:
    """Return a program that prints what `average_printout` returns; t counts from 1."""
    texts = [repr(float(value)) for value in values]
    lines = [", ".join(texts[k : k + _A_LINE]) for k in range(0, len(texts), _A_LINE)]
    return _PROGRAM.format(
        values="\n".join(f"    {line}," for line in lines), beta=repr(float(beta)), t=t
    )


def average_printout(values: Sequence[float], beta: float, t: int) -> str:
    """Return what the script prints, made of the engine's own numbers."""
    theta = np.array(values, float)
    plain, corrected = (
        exponentially_weighted_average(theta, beta, is_corrected) for is_corrected in (False, True)
    )
    window = forgetting.whole_window(beta)
    found = [
        f"day {t}: {theta[t - 1]:.4f}",
        f"average {plain[t - 1]:.4f}",
        f"corrected {corrected[t - 1]:.4f}",
        f"as a sum {plain[t - 1]:.4f}",
        f"all weights {forgetting.share(beta, t):.6f}",
        f"window {window} days, {forgetting.share(beta, window):.4f} of the weight",
        f"mean age {forgetting.mean_age(beta):.4f} days",
        f"changes left {unrest_left(theta, corrected):.4f}",
    ]
    return "\n".join(found) + "\n"
