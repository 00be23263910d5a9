"""What the key that publishes can reach on the server: its folder, by rsync, and nothing else. docs/adr/0009."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from benches.ssh_server import Sshd, tool


@pytest.fixture(params=[False, True], ids=["rrsync", "receive"])
def around(sshd: Sshd, target_dir: Path, request: pytest.FixtureRequest) -> Path:
    """The folder above the target, with something in it that is nobody's business."""
    target_dir.mkdir(parents=True)
    sshd.allow(target_dir, receives=request.param)
    sshd.know()
    (target_dir.parent / "secret").mkdir()
    (target_dir.parent / "secret" / "key.txt").write_text("机密")
    (target_dir / "index.html").write_text("首页")
    return target_dir.parent


def rsync(sshd: Sshd, *words: str) -> subprocess.CompletedProcess[str]:
    """By hand, with every right that the key gives."""
    shell = f"ssh -F {sshd.ssh_config} -o BatchMode=yes -p {sshd.port}"
    return subprocess.run([tool("rsync"), "-e", shell, *words], capture_output=True, text=True, timeout=30)


def whole(folder: Path) -> dict[str, str]:
    return {str(path): path.read_text() for path in folder.rglob("*") if path.is_file() and not path.is_symlink()}


def test_it_has_no_shell_no_other_program_and_no_tunnel(sshd: Sshd, around: Path) -> None:
    for words in ((), ("id",), ("sh", "-c", "id"), ("rsync", "--daemon"), ("rsync; id",), ("rsync --server . /; id",)):
        done = sshd.ssh(*words)
        assert done.returncode != 0 and "uid=" not in done.stdout, words
    forwarded = sshd.ssh("-W", f"127.0.0.1:{sshd.port}")
    assert forwarded.returncode != 0 and "SSH-2.0" not in forwarded.stdout
    sftp = subprocess.run(
        [tool("sftp"), "-F", sshd.ssh_config, "-P", str(sshd.port), "-b", "-", "127.0.0.1"],
        input="ls /\n",
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert sftp.returncode != 0 and "etc" not in sftp.stdout


@pytest.mark.parametrize("way", ["/../secret/", "/secret/", "{around}/secret/", "/x/../../secret/", "../secret/"])
def test_it_reads_and_writes_no_other_folder(sshd: Sshd, around: Path, tmp_path: Path, way: str) -> None:
    before = whole(around)
    place = f"127.0.0.1:{way.format(around=around)}"
    fetched, sent = tmp_path / "fetched", tmp_path / "sent"
    fetched.mkdir()
    sent.mkdir()
    (sent / "key.txt").write_text("改了")
    rsync(sshd, "-rl", place, f"{fetched}/")
    rsync(sshd, "-rl", f"{sent}/", place)
    rsync(sshd, "-rl", "--delete", f"{tmp_path / 'fetched'}/", place)
    assert "机密" not in whole(fetched).values()
    after = {path: text for path, text in whole(around).items() if "showcase/" not in path}
    assert after == {path: text for path, text in before.items() if "showcase/" not in path}


def test_a_link_that_it_sends_leads_it_nowhere(sshd: Sshd, around: Path, tmp_path: Path) -> None:
    sent, fetched = tmp_path / "sent", tmp_path / "fetched"
    sent.mkdir()
    fetched.mkdir()
    (sent / "out").symlink_to(around / "secret")
    (sent / "file").symlink_to(around / "secret" / "key.txt")
    assert rsync(sshd, "-rl", f"{sent}/", "127.0.0.1:/").returncode == 0
    (tmp_path / "key.txt").write_text("改了")
    for words in (
        ("-r", "127.0.0.1:/out/", f"{fetched}/"),
        ("-rL", "127.0.0.1:/", f"{fetched}/"),
        ("-r", "--copy-unsafe-links", "127.0.0.1:/", f"{fetched}/"),
        ("127.0.0.1:/out/key.txt", f"{fetched}/"),
        ("-L", "127.0.0.1:/file", f"{fetched}/"),
        (f"{tmp_path / 'key.txt'}", "127.0.0.1:/out/"),
        ("--inplace", f"{tmp_path / 'key.txt'}", "127.0.0.1:/file"),
        ("-rK", f"{tmp_path}/", "127.0.0.1:/out"),
        (f"--link-dest={around / 'secret'}", f"{tmp_path / 'key.txt'}", "127.0.0.1:/k/"),
        ("--link-dest=/out", f"{tmp_path / 'key.txt'}", "127.0.0.1:/k/"),
        ("--backup", "--backup-dir=/out", f"{tmp_path / 'key.txt'}", "127.0.0.1:/"),
        (
            f"--remote-option=--log-file={around}/log",
            f"{tmp_path / 'key.txt'}",
            "127.0.0.1:/",
        ),
    ):
        rsync(sshd, *words)
    assert "机密" not in whole(fetched).values()
    assert whole(around / "secret") == {str(around / "secret" / "key.txt"): "机密"}
    assert sorted(path.name for path in around.iterdir()) == ["secret", "showcase"]


def test_another_key_gets_nothing(sshd: Sshd, around: Path, tmp_path: Path) -> None:
    (sshd.folder / "authorized_keys").write_text("")
    fetched = tmp_path / "fetched"
    fetched.mkdir()
    assert rsync(sshd, "-r", "127.0.0.1:/", f"{fetched}/").returncode != 0
    assert list(fetched.iterdir()) == []
