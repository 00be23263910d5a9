"""A server on this machine that speaks as much of four forges' API as a comment needs, after their documentation.

What it is strict about: the header that carries the token, the paths, methods and names of fields of each forge, how large
a page may be, and how further pages are told: Link at GitHub, X-Next-Page at GitLab, nothing at Gitea, whose comments of an
issue come all at once.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "sesame-0123456789"
BOT = "bot"
PREFIX = {"github": "", "gitea": "/api/v1", "gitee": "/api/v5", "gitlab": "/api/v4"}


@dataclass
class Fault:
    """What is answered instead, once. *done*: the request is carried out all the same, only its answer is lost."""

    method: str
    status: int
    headers: dict[str, str] = field(default_factory=dict)
    done: bool = False
    words: str = "broken"


@dataclass
class State:
    """What the forge holds, and what was asked of it."""

    kind: str
    pulls: list[dict[str, Any]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    redirect_to: str = ""
    knows_user: bool = True
    address: str = ""

    def add(self, author: str, body: str, number: int = 7) -> dict[str, Any]:
        who = {"username": author} if self.kind == "gitlab" else {"login": author}
        one = {"id": 1000 + len(self.comments), "body": body, "number": number, "system": False}
        one["author" if self.kind == "gitlab" else "user"] = who
        self.comments.append(one)
        return one

    def pull(self, number: int, sha: str, repo: str = "editor/showcase", branch: str = "patch-1") -> None:
        head = {"sha": sha, "ref": branch, "repo": {"full_name": repo, "html_url": f"https://forge.example/{repo}"}}
        self.pulls.append({
            "id": 5000 + number, "number": number, "iid": number, "head": head, "base": {"ref": "main"}, "sha": sha,
            "source_project_id": 42, "target_branch": "main", "html_url": f"https://forge.example/pull/{number}",
        })  # fmt: skip

    @property
    def bodies(self) -> list[str]:
        return [one["body"] for one in self.comments]


class _Handler(BaseHTTPRequestHandler):
    state: State

    def log_message(self, format: str, *args: object) -> None:
        """Tests read what the program prints."""

    def _any(self) -> None:
        state = self.state
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        length = int(self.headers.get("Content-Length") or 0)
        sent = json.loads(self.rfile.read(length)) if length else None
        state.asked.append((self.command, self.path))
        if state.redirect_to:
            return self._answer(307, {}, {"Location": state.redirect_to + self.path})
        fault = next((one for one in state.faults if one.method == self.command), None)
        if fault:
            state.faults.remove(fault)
            if fault.done:
                self._route(parts.path, query, sent)
            return self._answer(fault.status, {"message": fault.words}, fault.headers)
        return self._answer(*self._route(parts.path, query, sent))

    do_GET = do_POST = do_PATCH = do_PUT = _any  # noqa: N815

    def _route(self, path: str, query: dict[str, str], sent: Any) -> tuple[int, Any, dict[str, str]]:
        state = self.state
        carried = {"github": f"Bearer {TOKEN}", "gitlab": None}.get(state.kind, f"token {TOKEN}")
        if self.headers.get("Authorization") != carried:
            return 401, {"message": "Bad credentials"}, {}
        if state.kind == "gitlab" and self.headers.get("PRIVATE-TOKEN") != TOKEN:
            return 401, {"message": "401 Unauthorized"}, {}
        path = path.removeprefix(PREFIX[state.kind])
        if path == "/user":
            if not state.knows_user:
                return 403, {"message": "Resource not accessible by integration"}, {}
            return 200, {"username" if state.kind == "gitlab" else "login": BOT}, {}
        if state.kind == "gitlab":
            return self._gitlab(path, query, sent)
        return self._hub(path, query, sent)

    def _hub(self, path: str, query: dict[str, str], sent: Any) -> tuple[int, Any, dict[str, str]]:
        state, said_at = self.state, "pulls" if self.state.kind == "gitee" else "issues"
        here = "/repos/city/showcase"
        if path == f"{here}/pulls":
            wanted = [one for one in state.pulls if _is_from(one, query.get("head", ""))]
            return self._page(wanted, query)
        if found := re.fullmatch(rf"{here}/pulls/(\d+)", path):
            return self._one(int(found[1]))
        if found := re.fullmatch(rf"{here}/{said_at}/(\d+)/comments", path):
            number = int(found[1])
            if self.command == "POST":
                return self._post(number, sent)
            listed = [one for one in state.comments if one["number"] == number]
            return (200, listed, {}) if state.kind == "gitea" else self._page(listed, query)
        if (found := re.fullmatch(rf"{here}/{said_at}/comments/(\d+)", path)) and self.command == "PATCH":
            return self._replace(int(found[1]), sent)
        return 404, {"message": "Not Found"}, {}

    def _gitlab(self, path: str, query: dict[str, str], sent: Any) -> tuple[int, Any, dict[str, str]]:
        here = "/projects/(?:9|city%2Fshowcase)/merge_requests"
        if path == "/projects/42":
            return 200, {"web_url": "https://forge.example/editor/showcase"}, {}
        if re.fullmatch(here, path):
            return self._page(self.state.pulls, query)
        if found := re.fullmatch(rf"{here}/(\d+)", path):
            return self._one(int(found[1]))
        if found := re.fullmatch(rf"{here}/(\d+)/notes", path):
            if self.command == "POST":
                return self._post(int(found[1]), sent)
            return self._page([one for one in self.state.comments if one["number"] == int(found[1])], query)
        if (found := re.fullmatch(rf"{here}/(\d+)/notes/(\d+)", path)) and self.command == "PUT":
            return self._replace(int(found[2]), sent)
        return 404, {"message": "404 Not Found"}, {}

    def _one(self, number: int) -> tuple[int, Any, dict[str, str]]:
        found = [one for one in self.state.pulls if one["number"] == number]
        return (200, found[0], {}) if found else (404, {"message": "Not Found"}, {})

    def _post(self, number: int, sent: Any) -> tuple[int, Any, dict[str, str]]:
        if self.state.kind == "github" and len(sent["body"]) > 65_536:
            return 422, {"message": "body is too long (maximum is 65536 characters)"}, {}
        return 201, self.state.add(BOT if self.state.knows_user else "github-actions[bot]", sent["body"], number), {}

    def _replace(self, identity: int, sent: Any) -> tuple[int, Any, dict[str, str]]:
        (one,) = [one for one in self.state.comments if one["id"] == identity]
        one["body"] = sent["body"]
        return 200, one, {}

    def _page(self, items: list[dict[str, Any]], query: dict[str, str]) -> tuple[int, Any, dict[str, str]]:
        word, most = ("limit", 50) if self.state.kind == "gitea" else ("per_page", 100)
        size, page = min(int(query.get(word, 20)), most), int(query.get("page", 1))
        shown, is_last = items[(page - 1) * size : page * size], page * size >= len(items)
        if self.state.kind == "gitlab":
            return 200, shown, {"X-Next-Page": "" if is_last else str(page + 1)}
        if self.state.kind in ("github", "gitea"):
            relation = "first" if is_last else "next"
            return 200, shown, {"Link": f'<{self.state.address}?page={page + 1}>; rel="{relation}"'}
        return 200, shown, {}

    def _answer(self, status: int, value: Any, headers: dict[str, str]) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        for name, words in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, words)
        self.end_headers()
        self.wfile.write(body)


def _is_from(pull: dict[str, Any], head: str) -> bool:
    """GitHub's filter: the owner and the branch, so two repositories of one owner are not told apart."""
    owner, _, branch = head.partition(":")
    return not head or (pull["head"]["repo"]["full_name"].split("/")[0] == owner and pull["head"]["ref"] == branch)


@contextmanager
def forge(kind: str) -> Iterator[State]:
    """A forge of that kind; `State.address` is where its API is."""
    state = State(kind=kind)
    handler = type("Handler", (_Handler,), {"state": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    state.address = f"http://127.0.0.1:{server.server_address[1]}{PREFIX[kind]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
