"""Pictures of digits as PNG, for charts."""

import base64
import io

from PIL import Image

from engine.nn.types import Array


def data_url(cells: Array) -> str:
    """Return a picture (height, width) uint8, 0 black and 255 white, as a data: address."""
    file = io.BytesIO()
    Image.fromarray(cells).save(file, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"
