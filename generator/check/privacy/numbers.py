"""Numbers that lead to a person or to their money: telephones, identity numbers, bank cards.

Service numbers (110, 12345, 400-…, 800-…) are public by purpose and are no private data.
All functions take a text put plainly.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from generator.check.privacy.datum import PrivateDatum, datum, pattern

_COUNTED = r"(?![\d_]|\.\d|[A-Za-z]|\s?(?:[万亿]?元|字节|人?次|[%％条件份张页个]))"
_MOBILE = pattern(
    r"(?<![\dA-Fa-f_])(?<!\d[.-])(?:(?:\+|00)?86~{0,2}|0)?"
    r"(1[3-9]\d(?:\d{8}|~\d{4}~?\d{4}|\d{4}~\d{4}|\d~\d{3}~\d{4}|\d{2}~\d{3}~\d{3}|(?P<sign>[.·_])\d{4}(?P=sign)\d{4}))"
    + _COUNTED
)
# In any other groups, and broken over two lines, digits are a number only where something calls them one.
_GAP = r"(?:[ \u3000.·_/‐‑–—－-]{1,2}|[ -]?\n)?"
_GROUPED_MOBILE = re.compile(
    r"(?:手机|电话|号码|致电|拨打|联系|[Tt]el|TEL|[Pp]hone|[Mm]obile|微信)[^\d\n]{0,8}"
    rf"(?:(?:\+|00)?86[ -]{{0,2}})?(?P<number>1{_GAP}[3-9](?:{_GAP}\d){{9}})(?!{_GAP}\d)" + _COUNTED
)
_AREA = r"10|2\d|[3-9]\d{2}"
_LANDLINE = pattern(
    rf"(?<![\dA-Za-z_])(?<!\d[.-])(?:(?:\+|00)86~{{0,2}})?"
    rf"(?:[(（](0(?:{_AREA}))[)）]~?|(0(?:{_AREA})|(?<=86)~(?:{_AREA})|(?<=86~)(?:{_AREA})|(?<=\+86)(?:{_AREA}))(?:~{{0,2}}|/))"
    rf"([2-8]\d{{6,7}}|[2-8]\d{{2,3}}~\d{{4}})" + _COUNTED
)
_LOCAL_CALL = pattern(
    r"(?:电话|座机|传真|热线|总机|Tel\.?|TEL)(?:号码)?(?:[（(][^（）()\n]{0,8}[）)])?[:：为是\s|]{0,3}(?:[零〇][一二三四五六七八九零〇]{2,3}[，,\s]?)?"
    r"(?![48]00(?:~?\d){7}(?!\d))([2-8]\d{6,7}|[2-8]\d{2,3}~\d{4})(?!\d)"
)
# A pupil's national number (学籍号) is G and the identity number, which tells as much. Any groups: the digit decides.
_IDENTITY = re.compile(
    r"(?<![\dA-Za-z])[GgLl]?([1-8](?:~\d){16}~[\dXx])(?![\dA-Za-z])".replace("~", r"[ \u3000.‐‑–—－\n-]?")
)
# Passports, and the passes for Hong Kong, Macao and Taiwan, have no check digit: their word tells them.
_PASSPORT = re.compile(
    r"(?:护照|通行证|旅行证|台胞证|回乡证)(?:号码?|编号)?[:：是为（(\s|]{0,4}([A-Z]{1,2}\d{7,8}|\d{8}(?:\d{2})?)(?![\dA-Za-z])"
)
_OLD_IDENTITY = re.compile(r"(?<![\dA-Za-z.])(?<!\d-)([1-8]\d{5})(\d{6})\d{3}(?![\dA-Za-z]|\.\d)")
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD = pattern(
    r"(?<![\dA-Za-z_.])(?<!\d[ -])(\d{16,19}|\d{4}~\d{4}~\d{4}~\d{4}(?:~?\d{1,3})?|\d{4}(?:\.\d{4}){3}(?:\.?\d{1,3})?|\d{6}~\d{10,13})(?![\dA-Za-z_]|\.\d|~\d)"
)
# UnionPay, and the debit cards that Chinese banks gave out before it. One number in ten passes the check by chance, and
# many numbers of 16 digits begin like a card of Visa, Mastercard or JCB: those count beside a word of the bank alone.
_OF_CHINA = re.compile(r"62\d{14,17}|(?:9558\d\d|95599\d|436742|601382)\d{13}")
_OF_THE_WORLD = re.compile(
    r"(?:4\d{3}|5[1-5]\d\d|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)|35(?:2[89]|[3-8]\d))\d{12}"
)
_BANK = re.compile(r"卡|银行|[账帐][号户]|户名|开户|支行|visa|master|jcb", re.IGNORECASE)
_BESIDE = 24  # characters


def mobiles(text: str) -> Iterator[PrivateDatum]:
    """Mobile numbers, in groups or not, with +86 or not."""
    for match in _MOBILE.finditer(text):
        yield _mobile(match, 1)
    for match in _GROUPED_MOBILE.finditer(text):
        yield _mobile(match, "number")


def _mobile(match: re.Match[str], group: int | str) -> PrivateDatum:
    digits = re.sub(r"\D", "", match[group])
    return datum("mobile", f"{digits[:3]}****{digits[-2:]}", match, group if group != 1 else 0)


def landlines(text: str) -> Iterator[PrivateDatum]:
    """Numbers with their area, and those without behind a word for telephones."""
    for match in _LANDLINE.finditer(text):
        area = re.sub(r"\D", "", match.group(1) or match.group(2))
        yield datum("landline", f"{area}-****{match.group(3)[-2:]}", match)
    for match in _LOCAL_CALL.finditer(text):
        yield datum("landline", f"****{match.group(1)[-2:]}", match, 1)


def identities(text: str) -> Iterator[PrivateDatum]:
    """Identity numbers whose province, day of birth and check digit are right; old ones of 15 digits have none. And passports."""
    for match in _IDENTITY.finditer(text):
        number = re.sub(r"[^\dXx]", "", match.group(1)).upper()
        if number[:2] in _PROVINCES and _is_date(number[6:14]) and _check_digit(number) == number[17]:
            yield datum("identity", f"{number[:3]}{'*' * 14}{number[17]}", match)
    for match in _OLD_IDENTITY.finditer(text):
        if match.group(1)[:2] in _PROVINCES and _is_date("19" + match.group(2)):
            yield datum("identity", f"{match.group(1)[:3]}{'*' * 12}", match)
    for match in _PASSPORT.finditer(text):
        yield datum("identity", f"{match.group(1)[0]}{'*' * (len(match.group(1)) - 1)}", match, 1)


def cards(text: str) -> Iterator[PrivateDatum]:
    """Bank cards: 16 to 19 digits that begin as an issuer's do and pass Luhn's check."""
    for match in _CARD.finditer(text):
        number = re.sub(r"\D", "", match.group())
        if not _passes_luhn(number):
            continue
        around = text[max(match.start() - _BESIDE, 0) : match.start()] + text[match.end() : match.end() + _BESIDE]
        if _OF_CHINA.fullmatch(number) or (_OF_THE_WORLD.fullmatch(number) and _BANK.search(around)):
            yield datum("card", f"{number[:4]}****{number[-2:]}", match)


def _is_date(digits: str) -> bool:
    """Whether eight digits are a day on which somebody alive may have been born."""
    try:
        born = datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2100


def _check_digit(number: str) -> str:
    """The eighteenth character of an identity number, computed from the seventeen before it (GB 11643)."""
    remainder = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True)) % 11
    return "10X98765432"[remainder]


def _passes_luhn(number: str) -> bool:
    """Whether the last digit of *number* is what the others make it (ISO/IEC 7812-1, annex B)."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in number[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in number[-1::-2])) % 10 == 0
