import pytest

from engine.export.writing.piece import Piece, body, commented, functions, lines, plain


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"$X$ is $(n_x, m)$", "X is (n_x, m)"),
        (r"$\theta := \theta - \alpha\, d\theta$", "theta := theta - alpha dtheta"),
        (
            r"$\frac{\lambda}{2m} \sum_l \lVert W^{[l]} \rVert_F^2$",
            "lambda/(2m) sum_l ||W[l]||_F^2",
        ),
        (r"$\hat v = v / (1 - \beta_1^t)$", "v_hat = v / (1 - beta_1^t)"),
        (r"$\alpha = \alpha_0 e^{-k t}$", "alpha = alpha_0 e^-k t"),
        (r"$\alpha_0 / (1 + k \lfloor t / \Delta \rfloor)$", "alpha_0 / (1 + k floor(t / Delta))"),
        (r"$0.5^{\lfloor k t \rfloor}$", "0.5^floor(k t)"),
        (r"$\mathcal{L} = -\sum_k y_k \log a_k$", "L = -sum_k y_k log a_k"),
        (r"$1 / \text{keep\_prob}$ and `counts`", "1 / keep_prob and counts"),
    ],
)
def test_equations_become_plain_text(latex, text):
    assert plain(latex) == text


def test_a_section_has_a_rule_its_prose_and_its_code():
    piece = Piece("The start", "one two three " * 3 + r"$W^{[1]}$", "a = 1")
    assert commented(piece, 30).splitlines() == [
        "# --- The start --------------",
        "#",
        "# one two three one two three",
        "# one two three W[1]",
        "",
        "a = 1",
    ]


def test_what_is_missing_leaves_no_gap():
    assert functions("", "a", "") == "a"
    assert lines(None, "a", None) == "a"
    assert body(None, "a\n\nb") == "    a\n\n    b"
