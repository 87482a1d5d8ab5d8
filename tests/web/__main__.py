"""Write anew what Node reads of Python: what the engine says, and the browser's activations."""

import json

from pages._activations import slopes
from pages._kit.player import activations
from pages._kit.player.bundle import WEB
from tests.web.expected import FILE, expected

FILE.write_text(json.dumps(expected(), separators=(",", ":"), ensure_ascii=False) + "\n", "utf-8")
(WEB / "activations.js").write_text(activations.script(), encoding="utf-8")
slopes.FILE.write_text(slopes.script(), encoding="utf-8")
