"""The locks are audited by the real pip-audit, against a database on this machine; the bill of materials is true and lasting."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from generator.pages.admin.program import INTEGRITY, MEMBERS, PACKAGE, VERSION
from supply.audit import CLEAN, NOT_ASKED, VULNERABLE, WRONG_LOCK, NotAskedError, main, python_findings
from supply.locks import BUILD, DEVELOPMENT, Entry, entries, faults, layers
from supply.sbom import bill_text

ONE = f"jinja2==3.1.6 \\\n    --hash=sha256:{'a' * 64}\n"
OTHERS = f"av==18.1.0 ; python_full_version < '3.12' \\\n    --hash=sha256:{'b' * 64}\n" + (
    f"av==19.0.2 ; python_full_version >= '3.12' \\\n    --hash=sha256:{'c' * 64}\n"
)

OPTIONS = ("--index-url", "--extra-index-url", "--find-links", "--trusted-host", "-i", "-f", "-r", "-c", "-e")
"""By which another place, or another list, would have a say."""

Known = Mapping[tuple[str, str], str]
"""(package, version) → the number of its vulnerability."""


@contextlib.contextmanager
def database(known: Known, *, code: int = 200) -> Iterator[tuple[str, list[str]]]:
    """One that speaks as OSV does: its address, and what it was asked of."""
    asked: list[str] = []

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            name, version = question["package"]["name"], question["version"]
            asked.append(f"{question['package']['ecosystem']} {name} {version}")
            told = json.dumps(_answer(name, known.get((name, version)), question["package"]["ecosystem"])).encode()
            self.send_response(code)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/v1/query", asked
        server.shutdown()


def _answer(name: str, number: str | None, ecosystem: str) -> dict[str, Any]:
    if number is None:
        return {}
    ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.1"}]}]
    affected = [{"package": {"name": name, "ecosystem": ecosystem}, "ranges": ranges}]
    return {"vulns": [{"id": number, "summary": "x", "modified": "2024-01-01T00:00:00Z", "affected": affected}]}


@pytest.fixture
def locks_dir(tmp_path: Path) -> Path:
    (tmp_path / BUILD).write_text(ONE, "utf-8")
    (tmp_path / DEVELOPMENT).write_text(OTHERS + ONE, "utf-8")
    return tmp_path


def test_a_package_without_a_known_vulnerability_ends_with_nothing_to_do(
    locks_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with database({}) as (address, asked):
        assert main(["--locks-dir", str(locks_dir), "--osv-url", address]) == CLEAN
    # Both versions of av, although this Python takes only one of them.
    assert sorted(asked) == sorted(
        ["PyPI jinja2 3.1.6", "PyPI av 18.1.0", "PyPI av 19.0.2", f"npm {PACKAGE} {VERSION}"]
    )
    assert "没有已知的漏洞" in capsys.readouterr().out


@pytest.mark.parametrize("where", [("jinja2", "3.1.6"), ("av", "19.0.2"), (PACKAGE, VERSION)])
def test_a_known_vulnerability_is_named_with_the_version_that_mends_it(
    where: tuple[str, str], locks_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with database({where: "GHSA-xxxx-yyyy-zzzz"}) as (address, _):
        words = ["--locks-dir", str(locks_dir), "--osv-url", address]
        assert main(words) == VULNERABLE
        assert f"{where[0]} {where[1]}：GHSA-xxxx-yyyy-zzzz，升级到 99.1" in capsys.readouterr().out
        assert main([*words, "--ignore", "GHSA-xxxx-yyyy-zzzz"]) == CLEAN
        assert "另有 1 个已经看过" in capsys.readouterr().out
        assert main([*words, "--ignore", "GHSA-another"]) == VULNERABLE


def test_a_database_out_of_reach_is_not_taken_for_a_clean_answer(
    locks_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with database({}) as (address, _):
        pass
    assert main(["--locks-dir", str(locks_dir), "--osv-url", address]) == NOT_ASKED
    with database({}, code=503) as (address, _):
        assert main(["--locks-dir", str(locks_dir), "--osv-url", address]) == NOT_ASKED
    assert capsys.readouterr().err.count("没有问到漏洞库，不知道有没有漏洞") == 2


def test_a_package_that_pip_audit_leaves_out_is_not_taken_for_a_clean_one() -> None:
    hashes = ("a" * 64,)
    layer = [Entry(name=name, version="3.1.6", marker="", sha256=hashes) for name in ("jinja2", "#mistune")]
    with database({}) as (address, asked), pytest.raises(NotAskedError, match="没有答复的有 1 个包，例如 #mistune"):
        python_findings(layer, address)
    assert asked == ["PyPI jinja2 3.1.6"]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (BUILD, "jinja2==3.1.6\n", "jinja2 3.1.6 没有 SHA-256"),
        (BUILD, "jinja2==3.1.6 --hash=sha256:abc\n", "不是 64 位十六进制"),
        (BUILD, f"jinja2==3.1.6 --hash=sha256:{'a' * 64} --hash=md5:{'a' * 32}\n", "没有 SHA-256"),
        (BUILD, f"jinja2>=3 --hash=sha256:{'a' * 64}\n", "“jinja2>=3”没有写定版本"),
        *((BUILD, f"{option} x\n{ONE}", "第 1 行写了地址或选项") for option in OPTIONS),
        (BUILD, f"{ONE}jinja2 @ https://example.org/x.whl\n", "第 3 行写了地址或选项"),
        (BUILD, ONE + ONE, "jinja2 3.1.6 写了两次"),
        (DEVELOPMENT, OTHERS, f"{DEVELOPMENT}：缺少 {BUILD} 里的 jinja2 3.1.6"),
    ],
)
def test_a_lock_by_which_something_else_could_be_installed_is_told(
    name: str, text: str, says: str, locks_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (locks_dir / name).write_text(text, "utf-8")
    assert main(["--locks-dir", str(locks_dir), "--offline"]) == WRONG_LOCK
    assert says in capsys.readouterr().err


def test_the_locks_of_this_repository_are_sound_and_the_script_says_so(root: Path) -> None:
    done = subprocess.run([root / "scripts" / "audit", "--offline"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "都写定了版本和 SHA-256" in done.stdout


def test_no_layer_holds_a_name_twice_and_nothing_is_lost(root: Path) -> None:
    locked = entries((root / DEVELOPMENT).read_text("utf-8"))
    assert faults((root / DEVELOPMENT).read_text("utf-8")) == ()
    groups = layers(locked)
    assert sorted(one.name + one.version for group in groups for one in group) == sorted(
        one.name + one.version for one in locked
    )
    assert all(len({one.name for one in group}) == len(group) for group in groups)
    assert len(groups) == 2


def test_the_bill_of_materials_keeps_its_schema_and_names_everything(root: Path) -> None:
    text = bill_text(root)
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    bill = json.loads(text)
    locked = {(one.name, one.version): one for one in entries((root / DEVELOPMENT).read_text("utf-8"))}
    build = {(one.name, one.version) for one in entries((root / BUILD).read_text("utf-8"))}
    packages = {(one["name"], one["version"]): one for one in bill["components"] if "pkg:pypi" in one.get("purl", "")}
    assert packages.keys() == locked.keys()
    for key, package in packages.items():
        assert {one["content"] for one in package["hashes"]} == set(locked[key].sha256)
        assert package["scope"] == ("required" if key in build else "excluded")
    assert all(one.get("licenses") for one in bill["components"])
    others = {one["name"] for one in bill["components"]} - {name for name, _ in packages}
    assert others == {"cms", "python", "git", "ffmpeg", "bubblewrap", "nginx", "openssh", "rsync", "npm"}
    fonts = [one["name"] for one in next(one for one in bill["components"] if one["name"] == "cms")["components"]]
    assert len(fonts) == sum(name.endswith(".woff2") for name in MEMBERS)
    assert "timestamp" not in bill["metadata"]
    program = next(one for one in bill["components"] if one["name"] == "cms")
    (digest,) = program["hashes"]
    assert digest["alg"] == "SHA-512"
    assert base64.b64encode(bytes.fromhex(digest["content"])).decode() == INTEGRITY.removeprefix("sha512-")
    (needs,) = [
        one["dependsOn"] for one in bill["dependencies"] if one["ref"] == bill["metadata"]["component"]["bom-ref"]
    ]
    assert len(needs) >= len(build)
    assert set(needs) == {one["bom-ref"] for one in bill["components"] if one["scope"] == "required"}


def test_the_same_locks_give_the_same_bill_and_others_another_number(root: Path, tmp_path: Path) -> None:
    written = tmp_path / "bill.json"
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Shanghai"}
        subprocess.run([root / "scripts" / "sbom", written], check=True, env=environment)
        assert written.read_text("utf-8") == bill_text(root)
    for name in (BUILD, DEVELOPMENT, "pyproject.toml"):
        shutil.copy(root / name, tmp_path / name)
    with (tmp_path / "pyproject.toml").open("r+", encoding="utf-8") as file:
        text = file.read()
        file.seek(0)
        file.write(text.replace('version = "0.1.0"', 'version = "0.1.1"'))
    assert json.loads(bill_text(tmp_path))["serialNumber"] != json.loads(bill_text(root))["serialNumber"]


def test_nothing_of_others_is_kept_in_the_theme(root: Path) -> None:
    """What is vendored would have to stand in the bill."""
    kinds = {path.suffix for path in (root / "theme").rglob("*") if path.is_file()}
    assert kinds <= {".html", ".css", ".js", ".svg"}
    minified = [
        path.name
        for path in (root / "theme").rglob("*.js")
        if ".min." in path.name or max(map(len, path.read_text("utf-8").splitlines())) > 400
    ]
    assert minified == []
