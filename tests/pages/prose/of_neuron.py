"""What is said about one neuron: its table of calories, the teacher's plan."""

import numpy as np

from engine.inspection.calories import CALORIES, FOODS, NOTES_FAT_OF_BEEF, NUTRIENTS
from tests.pages.prose.claims import Claims, computed, says
from tests.pages.prose.plans import PLAN


def fat_of_beef() -> list[float]:
    """Return beef's calories of fat in the notes and in the lecture, and both shares."""
    beef, fat = CALORIES[:, FOODS.index("Beef")], NUTRIENTS.index("Fat")
    others = beef.sum() - beef[fat]
    both = np.array([beef[fat], NOTES_FAT_OF_BEEF])
    return [NOTES_FAT_OF_BEEF, float(beef[fat]), *(100 * both / (others + both)).tolist()]


CLAIMS: Claims = {
    "pages/_neuron/prose/broadcasting.md": {"The notes give beef": computed(fat_of_beef)},
    "pages/_neuron/prose/teachers.md": {"Fifteen minutes": PLAN},
    "pages/_neuron/shapes/web/typed.js": {
        "A shape is whole": says(4),
        "Type a shape": says(4),
    },
}
