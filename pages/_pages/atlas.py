"""Every page's lens by the page's path."""

from pages._kit.knobs.lens import Lens
from pages._pages import lenses

LENSES: dict[str, Lens] = {
    lens.path: lens for lens in vars(lenses).values() if isinstance(lens, Lens)
}
