"""Every sentence with a number in it is proven by the engine, so that none can go stale.

A sentence that is new, or says another number, turns this red until its claim stands in
tests/pages/prose: under the file it stands in, by its beginning, with what computes its numbers.
"""

import re
from collections.abc import Iterator

import pytest

from tests.pages.prose import (
    of_activations,
    of_averages,
    of_batches,
    of_bias_variance,
    of_gradient_check,
    of_initialisation,
    of_knobs,
    of_mnist,
    of_neuron,
    of_one_step,
    of_optimisers,
    of_regularisation,
    of_vanishing,
    of_xor,
)
from tests.pages.prose.claims import Claim
from tests.pages.prose.numbers import numbers
from tests.pages.prose.sentences import formulas, prose

SENTENCES = prose()
TOPICS = (
    *(of_xor, of_mnist, of_initialisation, of_vanishing, of_regularisation, of_bias_variance),
    *(of_gradient_check, of_knobs, of_one_step, of_activations, of_neuron, of_optimisers),
    of_averages,
    of_batches,
)


def claims() -> Iterator[tuple[str, str, Claim]]:
    """Yield the file, the beginning of the sentence and the claim of all that is registered."""
    for topic in TOPICS:
        for file, found in topic.CLAIMS.items():
            for beginning, claim in found.items():
                yield file, beginning, claim


def meant(file: str, beginning: str) -> list[str]:
    """Return the different sentences of a file that begin like this."""
    return list(dict.fromkeys(s for s in SENTENCES.get(file, ()) if s.startswith(beginning)))


def test_every_sentence_with_a_number_has_a_claim():
    beginnings: dict[str, list[str]] = {}
    for file, beginning, _ in claims():
        beginnings.setdefault(file, []).append(beginning)
    unproven = {
        f"{file}: {sentence}"
        for file, found in SENTENCES.items()
        for sentence in found
        if numbers(sentence) and not sentence.startswith(tuple(beginnings.get(file, ("\0",))))
    }
    assert not unproven, "no claim in tests/pages/prose proves these:\n" + "\n".join(
        sorted(unproven)
    )


def test_every_claim_has_its_one_sentence():
    strangers = [
        f"{file}: {beginning} ({len(found)} sentences)"
        for file, beginning, _ in claims()
        if len(found := meant(file, beginning)) != 1
    ]
    assert not strangers, "these begin no sentence, or several:\n" + "\n".join(strangers)


def test_no_sentence_has_two_claims():
    taken = [
        (file, sentence) for file, beginning, _ in claims() for sentence in meant(file, beginning)
    ]
    assert len(taken) == len(set(taken)), {claim for claim in taken if taken.count(claim) > 1}


@pytest.mark.parametrize(
    ("file", "beginning", "claim"),
    [
        pytest.param(
            *claim, marks=[pytest.mark.slow] * claim[2].is_slow, id=f"{claim[0]}: {claim[1]}"
        )
        for claim in claims()
    ],
)
def test_what_is_said_is_so(file, beginning, claim):
    for sentence in meant(file, beginning):
        claim.prove(sentence)


def test_multiplication_element_by_element_is_written_as_such():
    # In mathematics a star is a convolution; ⊙ is what code writes as a star.
    starred = [f"{file}: {latex}" for file, latex in formulas() if re.search(r"(?<!\^)\*", latex)]
    assert starred == []
