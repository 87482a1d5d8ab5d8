import pytest

from tests.pages.screen import address, press, sound, widget

QUICK = {"epochs": "20"}
PANELS = "Below the picture"


def groups(at):
    return {one.label: one for one in at.main.get("button_group")}


def chosen(at, label, option):
    groups(at)[label].set_value(option).run()
    return sound(at)


def test_panels(visit):
    at = sound(visit("initialisation", QUICK))
    for panel in groups(at)[PANELS].options:
        chosen(at, PANELS, panel)
        print(panel, [one.value for one in at.main.caption])
