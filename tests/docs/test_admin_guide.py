"""The commands of the guide to the editors' page: the preview brings the page, the check passes."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml

from conftest import MakeProject
from generator.settings import Admin

GUIDE = Path(__file__).parents[2] / "docs" / "editors" / "admin.md"


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.npm
def test_the_commands_of_the_guide_do_what_it_says(make_project: MakeProject) -> None:
    serve, check = [block.strip() for block in _blocks("sh")]
    assert (serve.split(), check.split()) == (["scripts/serve", "--admin"], [".venv/bin/showcase", "check"])
    project = make_project("hunan-2020-tkbtx/xiangxi-one-phone")
    showcase = [sys.executable, "-m", "generator", "-f", str(project / "mkdocs.yml")]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = project / "serve.log"
    with log.open("w") as output:
        # What `scripts/serve` ends in, with the guide's option.
        words = [*showcase, "serve", *serve.split()[1:], "--address", f"127.0.0.1:{port}"]
        server = subprocess.Popen(words, stdout=output, stderr=output, start_new_session=True)
    try:
        config = ""
        until = time.monotonic() + 120
        while not config and time.monotonic() < until and server.poll() is None:
            time.sleep(0.3)
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                config = urllib.request.urlopen(f"http://127.0.0.1:{port}/admin/config.json", timeout=5).read().decode()
        assert config, log.read_text()
        assert json.loads(config)["collections"][0]["name"] == "hunan-2020-tkbtx"
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)
    assert subprocess.run([*showcase, *check.split()[1:]], check=False, capture_output=True).returncode == 0


def test_the_setting_of_the_guide_is_one() -> None:
    (written,) = _blocks("yaml")
    assert Admin.model_validate(yaml.safe_load(written)["admin"]).backend == "gitlab"
