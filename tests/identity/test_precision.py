"""A method of linking is trusted as far as its judged links were right."""

from __future__ import annotations

import pytest

from hyoka_kg.linking.identity.precision import Precision, precision_of, precisions


@pytest.mark.parametrize(
    ("right", "judged", "share", "confidence"),
    [
        (0, 0, 0.0, "C"),
        (9, 9, 1.0, "C"),
        (10, 10, 1.0, "A"),
        (11, 11, 1.0, "A"),
        (99, 100, 0.99, "A"),
        (98, 100, 0.98, "B"),
        (95, 100, 0.95, "B"),
        (94, 100, 0.94, "C"),
    ],
)
def test_a_method_is_trusted_by_the_share_of_its_links_that_was_right(
    right: int, judged: int, share: float, confidence: str
) -> None:
    precision = Precision(right, judged)
    assert (precision.share, precision.confidence) == (share, confidence)


def test_a_method_that_nobody_judged_has_none_right_of_none() -> None:
    assert precision_of("no such method") == Precision(0, 0)
    assert precisions()
    assert all(0 <= one.right <= one.judged for one in precisions().values())
