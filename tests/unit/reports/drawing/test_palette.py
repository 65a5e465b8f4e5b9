"""Colours that meet can be told apart, and words can be read on what they stand on (WCAG 2.2)."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from alignment.reports.drawing import palette
from alignment.reports.drawing.style import style


def test_contrast_is_that_of_the_guidelines() -> None:
    assert palette.contrast("#ffffff", "#000000") == 21
    assert palette.contrast("#777777", "#777777") == 1
    # The greys that the guidelines' own tools give for white: just below and just above.
    assert 4.47 < palette.contrast("#777777", "#ffffff") < 4.5 < palette.contrast("#767676", "#ffffff") < 4.55


@pytest.mark.parametrize(("ink", "ground"), palette.TEXTS)
def test_words_can_be_read(ink: str, ground: str) -> None:
    assert palette.contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("one", "two"), palette.GRAPHICS)
def test_neighbours_can_be_told_apart(one: str, two: str) -> None:
    assert palette.contrast(one, two) >= 3


def test_the_steps_grow_darker() -> None:
    light = [palette.luminance(colour) for colour in palette.HEAT]
    assert all(one > two for one, two in pairwise(light))


def test_the_sheet_knows_only_colours_of_the_palette() -> None:
    sheet = style()
    defined = set(re.findall(r"(--drawing-[a-z0-9-]+):", sheet))
    used = set(re.findall(r"var\((--drawing-[a-z0-9-]+)\)", sheet))
    assert used <= defined == {f"--drawing-{name}" for name in palette.NAMED}
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}", sheet)) == {*palette.NAMED.values()}
    assert "url(" not in sheet
    assert "@import" not in sheet
    assert "prefers-color-scheme" not in sheet
