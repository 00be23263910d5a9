"""What the forms of a report share: how a finding is said, counted and recognised again."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal

from generator.check.diagnostics import Diagnostic, Severity, Text
from generator.check.examine import Verdict

Form = Literal["text", "json", "github", "gitlab", "sarif", "junit", "markdown"]
Lang = Literal["zh", "en"]

UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]"
)
_LEVELS = {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"}
_LINE_NUMBER = re.compile(r"第 ?\d+ ?行")


def said(text: Text, lang: Lang) -> str:
    """The words of that language."""
    return text.en if lang == "en" else text.zh


def level(severity: Severity) -> str:
    """The severity in Chinese."""
    return _LEVELS[severity]


def one_line(text: str) -> str:
    """*text* with every run of white space as one blank."""
    return " ".join(text.split())


def printable(text: str) -> str:
    """*text* with what nobody sees, what turns its direction and what XML forbids as U+FFFD each."""
    return UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def clause(diagnostic: Diagnostic, lang: Lang) -> str:
    """The clause with its words, on one line; nothing where the rule rests on none."""
    if not diagnostic.clause:
        return ""
    label = "clause: " if lang == "en" else "依据："
    quote = f" “{one_line(diagnostic.quote)}”" if diagnostic.quote else ""
    return f"{label}{diagnostic.clause}{quote}"


def whole(diagnostic: Diagnostic, lang: Lang) -> str:
    """Message, clause and way out, a line each; the message as its rule wrote it."""
    parts = (said(diagnostic.message, lang), clause(diagnostic, lang), said(diagnostic.fix, lang))
    return "\n".join(filter(None, parts))


def counts(diagnostics: Iterable[Diagnostic]) -> tuple[int, int, int]:
    """How many errors, warnings and infos."""
    found = [diagnostic.severity for diagnostic in diagnostics]
    return found.count(Severity.ERROR), found.count(Severity.WARNING), found.count(Severity.INFO)


def counted(verdict: Verdict, lang: Lang = "zh") -> str:
    """How much was found, in words."""
    errors, warnings, infos = counts(verdict.diagnostics)
    if lang == "en":
        return f"{errors} errors, {warnings} warnings, {infos} infos"
    return f"错误 {errors} 处，警告 {warnings} 处，提示 {infos} 处"


def summary(verdict: Verdict, lang: Lang = "zh") -> str:
    """How much was found, and which cases stay off the site, in one line."""
    text = counted(verdict, lang)
    withheld = sorted(verdict.withheld)
    if lang == "en":
        return f"{text}; withheld: {', '.join(withheld)}" if withheld else f"{text}; nothing is withheld"
    return (
        f"{text}；暂不发布 {len(withheld)} 个案例：{'、'.join(withheld)}" if withheld else f"{text}；没有暂缓发布的案例"
    )


def fingerprints(diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """One for each, all different, the same again when lines were moved, in whatever language the report is.

    A finding is known by its file, its rule and what it says; equals are told apart by their order.
    """
    seen: Counter[tuple[str, str, str]] = Counter()
    found = []
    for diagnostic in diagnostics:
        key = (diagnostic.file, diagnostic.code, _LINE_NUMBER.sub("", diagnostic.message.zh))
        found.append(hashlib.sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "replace")).hexdigest())
        seen[key] += 1
    return tuple(found)
