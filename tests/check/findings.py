"""Findings that no rule made, for tests of forms: hostile words in every place that an author can write into."""

from __future__ import annotations

from hypothesis import strategies as st

from generator.check.diagnostics import Diagnostic, Severity, Text
from generator.check.examine import Verdict

HOSTILE = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                "| ", "\\", "`", "``", "[x](http://e.cn)", "![x](y)", "<script>", "</td>", "-->", "<!--", "]]>", "&amp;", "&#60;",
                "@everyone", "#1", "!2", "**", "__", "~~", "$x$", "http://e.cn/a", "www.e.cn", "a@e.cn", "\n\n# h\n", "\n::error::x\n",
                ":smile:", "\r", "\x07", "\u202e", "%0A", "{0}", "]", "(", "字", "\U0001f600", "- [ ] x", "\n| a |\n",
                "https://e.cn/{a}", "www.www.e.cn", "mailto:a@e.cn", "xmpp:a@e.cn", "^[a]", "[[a]]", "||s||", "*a*",
            ]
        ),
        max_size=6,
    ).map("".join),
)  # fmt: skip


def finding(
    message: str = "不对", fix: str = "改一改", *, file: str = "cases/c/a/index.md", line: int = 3, code: str = "MED012",
    severity: Severity = Severity.ERROR, clause: str = "", quote: str = "",
) -> Diagnostic:  # fmt: skip
    """A finding of a rule that exists, the same words in both languages."""
    return Diagnostic(
        file=file, line=line, column=2, code=code, severity=severity,
        message=Text(message, message), fix=Text(fix, fix), clause=clause, quote=quote,
    )  # fmt: skip


def verdict(*diagnostics: Diagnostic) -> Verdict:
    """Those findings, in the order of a real verdict."""
    return Verdict(diagnostics=tuple(sorted(diagnostics)), withheld=frozenset())
