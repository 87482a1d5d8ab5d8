"""The themes' colours can be told apart by eyes that see less contrast than others."""

import tomllib
from pathlib import Path

import pytest

THEME = tomllib.loads((Path(__file__).parents[1] / ".streamlit/config.toml").read_text())["theme"]


def luminance(colour):
    """Return the relative luminance of "#rrggbb" as WCAG 2 defines it."""
    parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(colour, other):
    dark, light = sorted((luminance(colour), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)  # WCAG's own example


@pytest.mark.parametrize("name", ["light", "dark"])
def test_words_controls_and_filled_buttons_stand_out(name):
    theme = THEME[name]
    sidebar = theme | theme.get("sidebar", {})
    background, secondary = theme["backgroundColor"], theme["secondaryBackgroundColor"]
    assert contrast(theme["textColor"], background) > 7
    assert contrast(theme["textColor"], secondary) > 7
    # Streamlit writes white on a filled button, and no colour is far from both white and black.
    assert contrast(theme["primaryColor"], "#FFFFFF") > 4.2
    assert contrast(theme["primaryColor"], background) > 4.2
    assert contrast(sidebar["primaryColor"], secondary) > 4.5
