"""The design page tells the colours, ratios, sizes and classes that the style sheets have."""

from __future__ import annotations

import re
from pathlib import Path

LEAST_RATIO = 4.5
LEAST_RATIO_ELDER = 7.0
LEAST_RATIO_OF_BORDERS = 3.0
_HEX = re.compile(r"--sc-([a-z0-9-]+): (#[0-9a-f]{6});")


def _page(root: Path) -> str:
    return (root / "docs" / "design.md").read_text("utf-8")


def _styles(root: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((root / "theme/assets/stylesheets").glob("*.css")))


_BLOCK = re.compile(r"^(:root[^{]*?) \{(.*?)^\}", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\| `([a-z0-9-]+)` \| `([a-z0-9-]+)` \| ([\d.]+) \| ([\d.]+) \|$", re.MULTILINE)

Scheme = dict[str, str]


def _blocks(root: Path) -> dict[str, Scheme]:
    text = (root / "theme/assets/stylesheets/tokens.css").read_text("utf-8")
    return {selector: dict(_HEX.findall(body)) for selector, body in _BLOCK.findall(text)}


def _schemes(root: Path) -> tuple[Scheme, Scheme]:
    blocks = _blocks(root)
    return blocks[":root"], blocks[':root[data-scheme="dark"]']


def _elder_schemes(root: Path) -> tuple[Scheme, Scheme]:
    """The colours as they are in the 长辈版: its own over those of the scheme."""
    blocks = _blocks(root)
    light, dark = _schemes(root)
    own_light, own_dark = blocks[":root[data-elder]"], blocks[':root[data-elder][data-scheme="dark"]']
    assert own_light.keys() == own_dark.keys()
    return {**light, **own_light}, {**dark, **own_dark}


def _rows(root: Path) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """The rows of contrast: of the standard version, of the 长辈版."""
    standard, elder = _page(root).split("The 长辈版 (`data-elder`")
    return _ROW.findall(standard), _ROW.findall(elder)


def _luminance(colour: str) -> float:
    """Relative luminance after WCAG 2."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ratio(one: str, other: str) -> float:
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_twenty_one_to_one() -> None:
    assert round(_ratio("#000000", "#ffffff"), 2) == 21


def test_every_ratio_is_what_the_colours_give_and_enough(root: Path) -> None:
    standard, elder = _rows(root)
    for rows, schemes, least in (
        (standard, _schemes(root), LEAST_RATIO),
        (elder, _elder_schemes(root), LEAST_RATIO_ELDER),
    ):
        assert len(rows) > 15
        for text, ground, *told in rows:
            found = [_ratio(scheme[text], scheme[ground]) for scheme in schemes]
            assert [f"{ratio:.2f}" for ratio in found] == told, f"{text} on {ground}"
            assert min(found) >= least, f"{text} on {ground}"


def test_no_text_of_the_elder_version_has_less_contrast_than_it_had(root: Path) -> None:
    for plain, elder in zip(_schemes(root), _elder_schemes(root), strict=True):
        for text, ground, *_ in _rows(root)[0]:
            assert _ratio(elder[text], elder[ground]) >= _ratio(plain[text], plain[ground]), f"{text} on {ground}"
        for ground in ("paper", "surface"):
            assert _ratio(elder["line"], elder[ground]) >= LEAST_RATIO_OF_BORDERS


def test_both_schemes_set_the_same_colours_and_the_page_names_each(root: Path) -> None:
    light, dark = _schemes(root)
    assert light.keys() == dark.keys()
    named = set(re.findall(r"`--sc-([a-z0-9-]+)`", _page(root)))
    assert {name for name in light if name.removesuffix("-soft") not in named} == set()


def test_the_page_names_no_class_and_no_property_that_is_not_there(root: Path) -> None:
    styles = _styles(root)
    for name in re.findall(r"`(\.[a-z_-]+)`", _page(root)):
        assert re.search(re.escape(name) + r"(?![a-z_-])", styles), name
    for name in re.findall(r"`(--sc-[a-z0-9-]+)`", _page(root)):
        assert f"{name}:" in styles, name


def test_sizes_of_type_are_those_of_the_style_sheets(root: Path) -> None:
    table = _page(root).split("## Type")[1].split("## Space")[0]
    told = set(re.findall(r"([\d.]+rem)", table))
    assert len(told) > 8
    for size in told:
        assert f"font-size: {size};" in _styles(root), size
    smallest = min(float(size) for size in re.findall(r"font-size: ([\d.]+)rem;", _styles(root)))
    assert f"{smallest}rem (13 px)" in table


def test_each_level_has_the_mark_that_the_page_tells(root: Path) -> None:
    rows = dict(re.findall(r"^\| (国家级|省级|市级|县级) \| (.)", _page(root), re.MULTILINE))
    for level, selector in (
        ("国家级", ".badge--nation"),
        ("省级", ".badge--province"),
        ("市级", ".badge--city"),
        ("县级", ".badge"),
    ):
        assert f'{selector}::before {{\n  content: "{rows[level]}";' in _styles(root)
    assert len(set(rows.values())) == 4
