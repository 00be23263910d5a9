"""The numbers that Word draws before paragraphs: ECMA-376, part 1, 17.18.59, as far as Chinese files use them."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
          (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def numeral(number: int, form: str) -> str:
    """*number* as Word writes it in the numbering format *form*; an unknown one counts in Arabic figures."""
    return _FORMS.get(form, str)(number)


def chinese(number: int) -> str:
    """一, 十, 十一, 二十, 一百零一: below 10000, as outlines count; what lies beyond in figures."""
    return _counted(number, _DIGITS, "十百千", is_short=True)


def _counted(number: int, digits: str, units: str, *, is_short: bool) -> str:
    if not 0 < number < 10_000:
        return str(number)
    out, is_gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            is_gap = bool(out)
            continue
        out += (digits[0] if is_gap else "") + digits[digit] + (units[place - 1] if place else "")
        is_gap = False
    return out[1:] if is_short and 10 <= number < 20 else out


def _letters(number: int) -> str:
    """A … z, aa, bb: Word repeats the letter."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 26 * 30 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4_000:
        return str(number)
    out = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out += letters * count
    return out


def _from(letters: str) -> Callable[[int], str]:
    return lambda number: letters[number - 1] if 0 < number <= len(letters) else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({ord(str(i)): chr(0xFF10 + i) for i in range(10)}),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(max(number, 0))),
    "chineseLegalSimplified": lambda number: _counted(number, _LEGAL, "拾佰仟", is_short=False),
    "ideographTraditional": _from(_STEMS),
    "decimalEnclosedCircle": _from(_CIRCLES),
    "decimalEnclosedCircleChinese": _from(_CIRCLES),
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
}
