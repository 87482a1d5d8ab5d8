"""A piece of a program that people read: a title, an explanation, and the code it explains."""

import re
import textwrap
from typing import NamedTuple


class Piece(NamedTuple):
    """One section of a script, or one cell of a notebook.

    `prose` is Markdown with LaTeX between dollar signs, `code` Python that ends without a newline.
    """

    title: str
    prose: str
    code: str


def functions(*sources: str) -> str:
    """Join top-level definitions, two empty lines apart; empty ones are left out.

    >>> functions("a = 1", "", "b = 2")
    'a = 1\\n\\n\\nb = 2'
    """
    return "\n\n\n".join(source.strip("\n") for source in sources if source.strip())


def lines(*parts: str | None) -> str:
    """Join lines, leaving out those that are None, which is how an unused feature is left out.

    >>> lines("a = 1", None, "b = 2")
    'a = 1\\nb = 2'
    """
    return "\n".join(part for part in parts if part is not None)


def body(*parts: str | None) -> str:
    """Join lines as `lines` does, indented by one level; a line may hold several.

    >>> body("if x:", "    y()", None)
    '    if x:\\n        y()'
    """
    joined = lines(*parts).splitlines()
    return "\n".join(f"    {line}" if line else "" for line in joined)


_PLAIN = (
    (r"\\frac\{([^{}]*)\}\{(\w)\}", r"\1/\2"),
    (r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"\1/(\2)"),
    (r"\\sqrt\{([^{}]*)\}", r"sqrt(\1)"),
    (r"\\hat (\w)", r"\1_hat"),
    (r"\\(?:text|mathcal)\{([^{}]*)\}", r"\1"),
    (r"\\lVert *| *\\rVert", "||"),
    (r"\\lfloor *(.*?) *\\rfloor", r"floor(\1)"),
    (r"\\,|\\!", " "),
    (r"\\cdot|\\odot", "*"),
    (r"\\sim", "~"),
    (r"\^\{(\[[^{}]*\])T\}", r"\1^T"),
    (r"\^\{(\[[^{}]*\])\}", r"\1"),
    (r"\\_", "_"),
    (r"\\([A-Za-z]+)", r"\1"),
    (r"[{}$`]", ""),
    (r" {2,}", " "),
)
"""What turns the LaTeX of this package's prose into text for a comment, in this order."""


def plain(prose: str) -> str:
    r"""Return prose with its equations as plain text.

    >>> plain(r"$dZ^{[l]} = W^{[l+1]T} dZ^{[l+1]} \odot g'(Z^{[l]})$, times $\frac{1}{m}$")
    "dZ[l] = W[l+1]^T dZ[l+1] * g'(Z[l]), times 1/m"
    """
    for pattern, replacement in _PLAIN:
        prose = re.sub(pattern, replacement, prose)
    return prose


def commented(piece: Piece, width: int) -> str:
    """Return a piece as a section of a script: a heading, its prose as comments, its code."""
    rule = f"# --- {piece.title} "
    prose = textwrap.wrap(plain(piece.prose), width - 2, break_long_words=False)
    return "\n".join(
        [rule + "-" * (width - len(rule)), "#", *(f"# {line}" for line in prose), "", piece.code]
    )
