"""The course notes' table of calories, which they divide by the sums of its columns.

They write 185 calories of fat for beef; the lecture the table comes from has 135.
"""

import numpy as np

NUTRIENTS = ("Carb", "Protein", "Fat")
FOODS = ("Apples", "Beef", "Eggs", "Potatoes")

CALORIES = np.array([[56.0, 0.0, 4.4, 68.0], [1.2, 104.0, 52.0, 8.0], [1.8, 135.0, 99.0, 0.9]])
CALORIES.setflags(write=False)

NOTES_FAT_OF_BEEF = 185.0
