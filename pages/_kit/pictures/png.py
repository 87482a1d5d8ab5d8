"""Pictures as PNG files, and as addresses that hold them."""

import base64
import io

from PIL import Image

from engine.nn.types import Array


def png(cells: Array) -> bytes:
    """Return the file of a picture (height, width) uint8, 0 being black, or with RGB last."""
    file = io.BytesIO()
    Image.fromarray(cells).save(file, "PNG", optimize=True)
    return file.getvalue()


def data_url(file: bytes) -> str:
    """Return a PNG file as a data: address."""
    return f"data:image/png;base64,{base64.b64encode(file).decode()}"
