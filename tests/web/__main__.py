"""Write the file that `node --test` reads, anew."""

import json

from tests.web.expected import FILE, expected

FILE.write_text(json.dumps(expected(), separators=(",", ":"), ensure_ascii=False) + "\n", "utf-8")
