"""The colours of the style sheet, computed: text must be readable on every ground that it stands on, light and dark."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEET = (Path(settings.BASE_DIR) / "static" / "cairn.css").read_text(encoding="utf-8")

TEXT_ON_GROUND = [
    *(
        (text, ground)
        for text in ("ink", "ink-soft", "accent", "accent-strong")
        for ground in ("paper", "surface", "sunk")
    ),
    ("accent-strong", "accent-wash"),
    ("ink", "accent-wash"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    *((tone, f"{tone}-wash") for tone in ("ok", "warn", "bad", "info", "neutral")),
    *(("ink", f"{tone}-wash") for tone in ("ok", "warn", "bad", "info", "neutral")),
    *(("ink-soft", f"{tone}-wash") for tone in ("ok", "bad")),
    ("bad", "paper"),
    ("bad", "surface"),
]
EDGE_ON_GROUND = [("line-strong", "paper"), ("line-strong", "surface"), ("accent", "paper"), ("accent", "surface")]


def tokens(scheme):
    light, dark = (
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))
        for block in re.findall(r":root \{(.*?)\n {2,4}\}", SHEET, re.DOTALL)[:2]
    )
    return light if scheme == "light" else {**light, **dark}


def luminance(colour):
    """Relative luminance of "#rrggbb" (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_has_the_contrast_that_the_standard_names():
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_is_readable_on_its_ground(scheme, text, ground):
    colours = tokens(scheme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGE_ON_GROUND)
def test_the_edge_of_a_field_is_seen(scheme, edge, ground):
    colours = tokens(scheme)
    assert contrast(colours[edge], colours[ground]) >= 3


def test_components_name_tokens_and_never_colours():
    after_the_tokens = SHEET.split("@layer elements {", 1)[1].split("@layer print {", 1)[0]
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(", after_the_tokens) == []
