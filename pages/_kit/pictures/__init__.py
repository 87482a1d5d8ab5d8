"""What is drawn without a chart: the palette and PNG files, which the start needs at once.

The libraries for charts take longer to be imported than all else together.
"""

BLUE, ORANGE, GREY = "#0072B2", "#E69F00", "#8A97A5"

RUN_COLOURS = {
    "A": "#0072B2",
    "B": "#D55E00",
    "C": "#009E73",
    "D": "#CC79A7",
    "E": "#56B4E9",
    "F": "#E69F00",
    "now": GREY,
}
