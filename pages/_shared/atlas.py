"""Every page's lens by the page's path."""

from pages._shared import lenses
from pages._shared.lens import Lens

LENSES: dict[str, Lens] = {
    lens.path: lens for lens in vars(lenses).values() if isinstance(lens, Lens)
}
