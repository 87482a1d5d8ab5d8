"""A lesson's words are shown letter by letter, whatever they are."""

import random
from urllib.parse import urlencode

APP = "tests/e2e/apps/lesson_text.py"

PARTS = (
    *("WWW.X.EXAMPLE", "www.x.example/a?b=c", "https://x.example", "http://a", "ftp://x.example/b"),
    *("me@x.example", "mailto:me@x.example", "xmpp:a@b.example/c", "@", "x.example"),
    *(":material/home:", ":streamlit:", ":smile:", ":+1:", ":red[x]", ":blue-background[y]"),
    *("$x^2$", "\\(a\\)", "`c`", "~~s~~", "**b**", "_i_", "[l](http://a)", "![p](http://a/p.png)"),
    *(
        "<b>x</b>",
        "&amp;",
        "&#65;",
        "->",
        "<-",
        "--",
        "<->",
        ">=",
        "#",
        "- x",
        "> q",
        "|a|b|",
        "1.",
    ),
    *("\\", "&lt;script&gt;", "<!--", "-->", ":", "::", "word", "λ / m", "(c)", "..."),
)
MARKED = "a, img, svg, b, strong, em, code, del, h1, ul, ol, table, blockquote, .katex, span[class]"


def texts():
    rng = random.Random(0)
    drawn = ["".join(rng.choices([*PARTS, *[" "] * 12], k=8)).strip() for _ in range(40)]
    return [" ".join(PARTS[k::5]) for k in range(5)] + [" ".join(text.split()) for text in drawn]


def test_letter_by_letter(page, server, problems):
    page.goto(f"{server(APP)}/?{urlencode([('text', text) for text in texts()])}")
    shown = page.locator("[data-testid=stMarkdown]")
    shown.nth(len(texts()) - 1).wait_for()
    assert shown.count() == len(texts())
    read = [text.replace("\u200b", "").strip() for text in shown.all_inner_texts()]
    assert [" ".join(text.split()) for text in read] == texts()
    assert shown.locator(MARKED).count() == 0
    assert problems == []
