"""No word that came from a case is ever read by a shell, or taken by a program for an option of its own."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SHELLS = {"sh", "bash", "dash", "zsh", "ksh", "busybox", "env", "xargs", "eval"}
STARTERS = {"run", "Popen", "call", "check_call", "check_output"}
"""Of `subprocess`, and `run` of our sandbox."""
OUR_OWN = {"git", "_git", "_said"}
"""Functions of ours that start a program with the words that they are given."""
BY_A_SHELL = {"system", "popen", "getoutput", "getstatusoutput", "create_subprocess_shell"}
TAKES_THE_NEXT = {"-C", "-c", "-e", "-f", "-m", "-o", "-p", "--base", "--since"}
"""Options that take the word behind them as their value, whatever it begins with."""

_HASHES = {"base", "commit", "tree", "wanted", "merged", "_named(root, commit)"}
"""What Git has just printed as the name of a commit or tree, or its contents (``<tree>:<path>``)."""
_BRANCHES = {"branch", "branch.name", "branch.tip", "there", "remote"}
"""“case/<slug>”, a hash or name that the editor gave by ``--onto``, which may not begin with “-”."""

READ_BY_A_PERSON = {
    "generator/commands/changed.py": _HASHES | {"*words"},
    "generator/commands/doctor.py": {"now"},  # no word of Git's: its own function bears that name
    "generator/commands/propose.py": _HASHES
    | _BRANCHES
    | {"*words", "f'{commit}:refs/heads/{branch.name}'", "f'{at}:{path}'", "f'{branch.tip}^{{tree}}'"}
    | {"f'{self.onto}..{commit}'", "f'{self.onto}..{there}'", "f'{self.onto}..{branch}'"}
    | {"f'{remote}/{branch.name}'", "f'{there}..{branch}'"},
    "generator/commands/staged.py": _HASHES | {"*ask"},  # a constant of that function
    "generator/media/children/sandbox.py": {"*limits", "str(tell)", "*in_confines(kind, argv, *places, wrapper_tell)"},
    "generator/media/documents/document.py": {"*numbers"},
    # Constants, hashes that Git has just printed, names below refs/, and a remote as this clone's own settings name it.
    "generator/night/clone.py": {"*_SAFE", "*words"},
    "generator/pages/admin/fetching.py": {"f'{PACKAGE}@{VERSION}'"},
    "generator/publish/ssh.py": {"*self._options"},  # made there, of ours; a number behind -p, a file behind -F
    "scripts/prcomment/rounds.py": {"*words", "*wanted", "head", "str(tree)"},  # begin with “+”, “refs/”, “/”
}
"""Words that stand where a program could take them for an option, and why none does: who adds one reads what it can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that starts a program."""

    file: str
    line: int
    words: tuple[ast.expr, ...] | None  # None: they are put together elsewhere

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def sources() -> list[Path]:
    """Every Python file of ours that is not a test, those without an ending among them."""
    found = [*(ROOT / "generator").rglob("*.py"), *(ROOT / "scripts").rglob("*")]
    return sorted(
        path
        for path in found
        if path.is_file() and "__pycache__" not in path.parts and (path.suffix == ".py" or _says_python(path))
    )


def _says_python(path: Path) -> bool:
    return path.suffix == "" and path.read_bytes()[:80].startswith(b"#!") and b"python" in path.read_bytes()[:80]


def trees() -> Iterator[tuple[str, ast.Module]]:
    for path in sources():
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8"))


def name_of(node: ast.expr) -> str:
    """The last part of what is called."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def calls_in(file: str, tree: ast.Module) -> Iterator[Call]:
    lists = {
        name_of(target): node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(node.value, ast.List)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr in STARTERS:
            owner = name_of(node.func.value)
            if owner not in ("subprocess", "sandbox"):
                continue
            given = node.args[0] if node.args else None
            if isinstance(given, ast.Name):
                given = lists.get(given.id, given)
            words = tuple(given.elts) if isinstance(given, ast.List | ast.Tuple) else None
            yield Call(file=file, line=node.lineno, words=words)
        elif name_of(node.func) in OUR_OWN:
            yield Call(file=file, line=node.lineno, words=tuple(node.args))


def test_no_program_is_started_by_a_shell() -> None:
    wrong = []
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module in ("os", "subprocess", "asyncio", "pty", "commands"):
                names = {alias.name for alias in node.names}
                wrong += [f"{file}:{node.lineno}"] if names & (BY_A_SHELL | STARTERS) else []
            if isinstance(node, ast.Call) and _is_by_a_shell(node):
                wrong.append(f"{file}:{node.lineno}")
    assert wrong == []


def _is_by_a_shell(call: ast.Call) -> bool:
    owner = name_of(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    asks = [keyword for keyword in call.keywords if keyword.arg == "shell"]
    is_asked = any(not isinstance(ask.value, ast.Constant) or ask.value.value is not False for ask in asks)
    is_text = bool(call.args) and isinstance(call.args[0], ast.JoinedStr | ast.Constant) and owner == "subprocess"
    return is_asked or is_text or (owner in ("os", "subprocess", "asyncio") and name_of(call.func) in BY_A_SHELL)


def test_no_list_of_words_hands_them_to_a_shell() -> None:
    wrong = []
    for file, tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.List | ast.Tuple):
                words = [word.value if isinstance(word, ast.Constant) else "" for word in node.elts]
                for first, second in itertools.pairwise(words):
                    if isinstance(first, str) and Path(first).name in SHELLS and str(second).startswith("-"):
                        wrong.append(f"{file}:{node.lineno}")
    assert wrong == []


def test_no_script_evaluates_what_it_was_given() -> None:
    scripts = [path for path in (ROOT / "scripts").rglob("*") if path.is_file() and b"bash" in path.read_bytes()[:40]]
    assert len(scripts) > 8
    for path in (*scripts, ROOT / ".ci" / "run"):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            assert not re.search(r"(^|[\s;&|(])(eval|(ba|da)?sh\s+-c)\b", line), f"{path.name}:{number}"


def test_every_word_that_is_not_ours_stands_where_it_is_no_option() -> None:
    """A constant, behind “--”, the value of an option, begun by us, absolute, or read and listed above."""
    found: dict[str, set[str]] = {}
    calls = 0
    for file, tree in trees():
        if file.startswith(("generator/", "scripts/prcomment/")):  # where what others wrote comes in
            for call in calls_in(file, tree):
                calls += 1
                if loose := set(_loose(call.words or ())):
                    found.setdefault(file, set()).update(loose)
    assert calls > 50
    unread = {file: words - READ_BY_A_PERSON.get(file, set()) for file, words in found.items()}
    assert {file: words for file, words in unread.items() if words} == {}


def _loose(words: tuple[ast.expr, ...]) -> Iterator[str]:
    """The words of a call that a program might take for an option."""
    before = ""
    for place, word in enumerate(words):
        text = word.value if isinstance(word, ast.Constant) and isinstance(word.value, str) else None
        if text in ("--", "--end-of-options"):
            return
        is_begun = (
            isinstance(word, ast.JoinedStr)
            and isinstance(word.values[0], ast.Constant)
            and str(word.values[0].value) not in ("-", "--")
        )
        is_absolute = ast.unparse(word).endswith(".absolute())")
        if place and text is None and not is_begun and not is_absolute and before not in TAKES_THE_NEXT:
            yield ast.unparse(word)
        before = text or ""
