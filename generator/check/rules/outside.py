"""MED: originals that lie outside the repository. Is what a case says of them complete and safe, and could they be had?"""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalog.outside import AddressFault, is_sha256, read_address
from generator.check.diagnostics import CaseView, Finding, Severity, Text, rule

_FAULTS: dict[AddressFault, Text] = {
    "form": Text(
        "不是完整的地址，应当像 https://media.example.cn/yueyang/class.mp4",
        "it is no complete address such as https://media.example.cn/yueyang/class.mp4",
    ),
    "secret": Text("地址里不能有账号、密码或“?”后面的参数", "an address has no account, no password and no query"),
    "chain": Text("地址里不能有“::”", "an address has no “::”"),
    "steps": Text("路径里不能有“.”“..”、连续的斜线或反斜线", "its path has “.”, “..”, an empty part or a backslash"),
    "encoded": Text(
        "路径里只有汉字和空格可以写成百分号编码", "only spaces and what is not ASCII may be percent-encoded"
    ),
}


@rule(
    "MED020",
    Severity.ERROR,
    "case",
    message=Text(zh="{file} 写了 {given}，没有写 {lacking}", en="{file} has {given} and no {lacking}"),
    fix=Text(
        zh="原件在别处的，source 和 sha256 都要写；放在案例目录里的，两样都不写",
        en="write both for an original that lies elsewhere, neither for one in the case folder",
    ),
)
def half_of_an_original(view: CaseView) -> Iterator[Finding]:
    """Without its hash nobody can tell tomorrow whether the file is still the one that was judged."""
    for claim in view.submission.claims:
        if claim.sha256 is None:
            yield Finding(at=(*claim.at, "source"), facts={"file": claim.path, "given": "source", "lacking": "sha256"})
        elif claim.source is None:
            yield Finding(at=(*claim.at, "sha256"), facts={"file": claim.path, "given": "sha256", "lacking": "source"})


@rule(
    "MED021",
    Severity.ERROR,
    "case",
    message=Text(
        zh="{file} 的 sha256 应当是 64 位十六进制数字（0-9、a-f），现在是 {count} 个字符",
        en="the sha256 of {file} has {count} characters and should have 64 hexadecimal digits",
    ),
    fix=Text(
        zh="用 sha256sum 或 Windows 的 Get-FileHash 重新计算，整个复制过来",
        en="compute it with sha256sum or Get-FileHash and copy all of it",
    ),
)
def hash_that_is_none(view: CaseView) -> Iterator[Finding]:
    """A hash that lost a digit on its way fits no file at all."""
    for claim in view.submission.claims:
        if claim.sha256 is not None and not is_sha256(claim.sha256):
            yield Finding(at=(*claim.at, "sha256"), facts={"file": claim.path, "count": len(claim.sha256)})


@rule(
    "MED022",
    Severity.ERROR,
    "case",
    message=Text(zh="{file} {said}", en="{file} {said_en}"),
    fix=Text(
        zh="只留一处：在目录里的删去 source 和 sha256；在别处的把目录里的文件移走，各处写成一样",
        en="keep one: drop source and sha256, or the file in the folder, and write the same everywhere",
    ),
)
def original_in_two_places(view: CaseView) -> Iterator[Finding]:
    """Of two originals under one name, nobody knows which one the judges saw."""
    inside = {entry.path for entry in view.submission.files}
    first: dict[str, tuple[str | None, str | None]] = {}
    for claim in view.submission.claims:
        if claim.source is None:
            continue
        said = (claim.source, claim.sha256 and claim.sha256.lower())
        if claim.path in inside:
            words = {"said": "在案例目录里，又写了 source", "said_en": "lies in the folder and has a source as well"}
            yield Finding(at=(*claim.at, "source"), facts={"file": claim.path, **words})
        elif first.setdefault(claim.path, said) != said:
            words = {"said": "写了两个不同的原件", "said_en": "has two different originals"}
            yield Finding(at=(*claim.at, "source"), facts={"file": claim.path, **words})


@rule(
    "MED023",
    Severity.ERROR,
    "case",
    message=Text(zh="{file} 的原件地址不能用：{said}", en="the address of {file} cannot be used: {said_en}"),
    fix=Text(
        zh="写能直接下载这个文件的地址；要登录的，由技术同事在服务器上配置账号",
        en="write the plain address of the file; accounts are configured on the server",
    ),
)
def address_that_cannot_be_used(view: CaseView) -> Iterator[Finding]:
    """The repository is public: a password or token in it is everybody's, and a devious address leads astray."""
    for claim in view.submission.claims:
        found = read_address(claim.source) if claim.source is not None else None
        if isinstance(found, str):
            words = {"said": _FAULTS[found].zh, "said_en": _FAULTS[found].en}
            yield Finding(at=(*claim.at, "source"), facts={"file": claim.path, **words})


def _not_had(view: CaseView) -> Iterator[tuple[str, Finding]]:
    """What the media room says of each original that it could not fetch: the reason, and the finding."""
    for original in view.submission.outside:
        facts = view.submission.facts.get(original.path)
        if facts and facts.refusal and facts.refusal.is_of_fetching:
            words = {"file": original.path, "zh": facts.refusal.zh, "en": facts.refusal.en}
            yield facts.refusal.reason, Finding(at=original.at, facts=words)


_POLICY, _HASH = ("fetch-not-allowed", "fetch-led-elsewhere"), "fetch-wrong-hash"


@rule(
    "MED024",
    Severity.ERROR,
    "case",
    message=Text(zh="不从这里取 {file} 的原件：{zh}", en="the original of {file} is not fetched from there: {en}"),
    fix=Text(
        zh="把原件放到约定的地方；新的地方由技术同事写进 mkdocs.yml 的 originals（或 SHOWCASE_ORIGINALS）",
        en="put it where originals are kept, or add that place to “originals” in mkdocs.yml (SHOWCASE_ORIGINALS)",
    ),
)
def address_that_is_not_allowed(view: CaseView) -> Iterator[Finding]:
    """Whoever writes a case could make the server ask machines that only the server can reach."""
    for reason, finding in _not_had(view):
        if reason in _POLICY:
            yield finding


@rule(
    "MED025",
    Severity.ERROR,
    "case",
    message=Text(zh="取不到 {file} 的原件：{zh}", en="the original of {file} could not be fetched: {en}"),
    fix=Text(
        zh="核对地址，看看网络和存放原件的服务器；下次运行会再取一次",
        en="check the address, the network and the server; the next run tries again",
    ),
)
def original_not_fetched(view: CaseView) -> Iterator[Finding]:
    """Without its original nothing of a file can be checked or shown; the rest of the site goes on."""
    for reason, finding in _not_had(view):
        if reason not in _POLICY and reason != _HASH:
            yield finding


@rule(
    "MED026",
    Severity.ERROR,
    "case",
    message=Text(zh="{file} 的原件不对：{zh}", en="the original of {file} is another file: {en}"),
    fix=Text(
        zh="原件确实换过的，重新计算 sha256 并核对内容；没有换过的，找存放原件的人",
        en="if it was replaced on purpose, look at it and state its new sha256; else ask who keeps it",
    ),
)
def original_with_another_hash(view: CaseView) -> Iterator[Finding]:
    """A file that changes after it was judged and consented to is not the file that was judged."""
    for reason, finding in _not_had(view):
        if reason == _HASH:
            yield finding
