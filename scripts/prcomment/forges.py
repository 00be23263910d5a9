"""GitHub, GitLab, Gitea with Forgejo, and Gitee: where each has pull requests and comments, and who wrote them.

After the forges' own API documentation; Gitee's has not been tried on Gitee.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from prcomment.web import RefusedError, Web, require_safe


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A pull request, as the forge itself tells."""

    number: int
    head_sha: str
    head_repo: str  # owner/name where it comes from; at GitLab the number of the project
    base: str  # the branch that it would be merged into
    files_url: str  # below which the files of the head commit lie; empty: nobody may read them
    page_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """A comment on a pull request."""

    id: int
    author: str
    body: str


class Forge(ABC):
    """What this program wants of a forge. *repo* is owner/name; at GitLab the number of a project will do."""

    longest: int = 65_536
    page: int = 100
    size_word: str = "per_page"
    nameless: frozenset[str] = frozenset()  # whom a job's own token writes as, where it may not ask

    def __init__(self, api: str, repo: str, token: str, wait_s: float) -> None:
        base = require_safe(api)
        self.repo = repo
        self.web = Web(base=base, token=token, headers=self.credentials(token), wait_s=wait_s)

    @abstractmethod
    def credentials(self, token: str) -> dict[str, str]:
        """The headers that carry *token*."""

    @abstractmethod
    def proposal(self, number: int) -> Proposal:
        """One pull request."""

    @abstractmethod
    def open_proposals(self) -> Iterator[Proposal]:
        """Every open pull request."""

    @abstractmethod
    def comments(self, number: int) -> Iterator[Comment]:
        """Everything that was said of a pull request, the oldest first."""

    @abstractmethod
    def post(self, number: int, body: str) -> None:
        """A new comment."""

    @abstractmethod
    def replace(self, number: int, comment: int, body: str) -> None:
        """Another text for a comment."""

    @abstractmethod
    def head_ref(self, number: int) -> str:
        """Where the repository itself keeps the commits of a pull request."""

    def me(self) -> frozenset[str]:
        """The names that our comments may bear."""
        try:
            who = self.web.ask("GET", "/user").value
        except RefusedError as error:
            if error.status in (401, 403, 404) and self.nameless:
                return self.nameless
            raise
        return frozenset({str(who.get("login") or who.get("username"))})

    def all_of(self, path: str, **query: object) -> Iterator[dict[str, Any]]:
        """The items of every page. A forge that ignores pages, or says nothing of further ones, is seen through."""
        seen: set[int] = set()
        number = 1
        while True:
            answer = self.web.ask("GET", path, {**query, self.size_word: self.page, "page": number})
            fresh = [one for one in answer.value if one["id"] not in seen]
            yield from fresh
            seen |= {one["id"] for one in fresh}
            is_full = len(answer.value) >= self.page
            if not fresh or answer.has_next is False or (answer.has_next is None and not is_full):
                return
            number += 1


class GitHub(Forge):
    """github.com and GitHub Enterprise Server."""

    nameless = frozenset({"github-actions[bot]"})
    raw = "raw"
    said_at = "issues"  # a pull request's conversation is that of the issue of its number

    def credentials(self, token: str) -> dict[str, str]:
        """As the forge's documentation has it."""
        return {
            "Authorization": f"Bearer {token}",
            "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28",
        }

    def proposal(self, number: int) -> Proposal:
        """By its number."""
        return self._proposal(self.web.ask("GET", f"{self._here}/pulls/{number}").value)

    def open_proposals(self) -> Iterator[Proposal]:
        """Page by page."""
        yield from map(self._proposal, self.all_of(f"{self._here}/pulls", state="open"))

    def proposals_from(self, owner: str, repo: str, branch: str) -> Iterator[Proposal]:
        """The open pull requests of that branch of *repo*, which is ``owner/name``."""
        for one in self.all_of(f"{self._here}/pulls", state="open", head=f"{owner}:{branch}"):
            proposal = self._proposal(one)
            # The filter knows the owner alone, who may have two forks; a server without the filter answers with all.
            if proposal.head_repo == repo and one["head"]["ref"] == branch:
                yield proposal

    def comments(self, number: int) -> Iterator[Comment]:
        """Page by page, the oldest first."""
        for one in self.all_of(f"{self._here}/{self.said_at}/{number}/comments"):
            yield Comment(id=one["id"], author=(one.get("user") or {}).get("login") or "", body=one.get("body") or "")

    def post(self, number: int, body: str) -> None:
        """At its end."""
        self.web.ask("POST", f"{self._here}/{self.said_at}/{number}/comments", sent={"body": body})

    def replace(self, number: int, comment: int, body: str) -> None:  # noqa: ARG002
        """In its place."""
        self.web.ask("PATCH", f"{self._here}/{self.said_at}/comments/{comment}", sent={"body": body})

    def head_ref(self, number: int) -> str:
        """The forge keeps it, forks' too."""
        return f"refs/pull/{number}/head"

    @property
    def _here(self) -> str:
        return f"/repos/{'/'.join(quote(part, safe='') for part in self.repo.split('/'))}"

    def _proposal(self, one: dict[str, Any]) -> Proposal:
        head = one["head"]
        repo, sha = head.get("repo") or {}, str(head["sha"])
        files_url = f"{repo['html_url'].removesuffix('.git')}/{self.raw}/{sha}" if repo.get("html_url") else ""
        return Proposal(
            number=int(one["number"]),
            head_sha=sha,
            head_repo=str(repo.get("full_name") or ""),
            base=str(one["base"]["ref"]),
            files_url=files_url,
            page_url=str(one.get("html_url") or ""),
        )


class Gitea(GitHub):
    """Gitea and Forgejo: GitHub's paths, other sizes of pages."""

    page = 50
    size_word = "limit"
    nameless = frozenset({"gitea-actions", "forgejo-actions"})
    raw = "raw/commit"

    def credentials(self, token: str) -> dict[str, str]:
        """As the forge's documentation has it."""
        return {"Authorization": f"token {token}"}


class Gitee(GitHub):
    """gitee.com; what is said of a pull request does not stand at an issue there."""

    nameless = frozenset()
    said_at = "pulls"

    def credentials(self, token: str) -> dict[str, str]:
        """As the forge's documentation has it."""
        return {"Authorization": f"token {token}"}


class GitLab(Forge):
    """gitlab.com and servers of one's own, 极狐 among them."""

    longest = 1_000_000

    def credentials(self, token: str) -> dict[str, str]:
        """As the forge's documentation has it."""
        return {"PRIVATE-TOKEN": token}

    def proposal(self, number: int) -> Proposal:
        """By its number."""
        return self._proposal(self.web.ask("GET", f"{self._here}/merge_requests/{number}").value)

    def open_proposals(self) -> Iterator[Proposal]:
        """Page by page."""
        yield from map(self._proposal, self.all_of(f"{self._here}/merge_requests", state="opened"))

    def comments(self, number: int) -> Iterator[Comment]:
        """Page by page, the oldest first."""
        for one in self.all_of(f"{self._here}/merge_requests/{number}/notes", sort="asc", order_by="created_at"):
            if not one.get("system"):
                author = (one.get("author") or {}).get("username") or ""
                yield Comment(id=one["id"], author=author, body=one.get("body") or "")

    def post(self, number: int, body: str) -> None:
        """At its end."""
        self.web.ask("POST", f"{self._here}/merge_requests/{number}/notes", sent={"body": body})

    def replace(self, number: int, comment: int, body: str) -> None:
        """In its place."""
        self.web.ask("PUT", f"{self._here}/merge_requests/{number}/notes/{comment}", sent={"body": body})

    def head_ref(self, number: int) -> str:
        """The forge keeps it, forks' too."""
        return f"refs/merge-requests/{number}/head"

    @property
    def _here(self) -> str:
        return f"/projects/{quote(self.repo, safe='')}"

    def _proposal(self, one: dict[str, Any]) -> Proposal:
        sha = str(one["sha"])
        try:
            project = self.web.ask("GET", f"/projects/{int(one['source_project_id'])}").value
            files_url = f"{project['web_url']}/-/raw/{sha}"
        except (RefusedError, TypeError, KeyError):  # a fork that is private, or gone
            files_url = ""
        return Proposal(
            number=int(one["iid"]),
            head_sha=sha,
            head_repo=str(one.get("source_project_id") or ""),
            base=str(one["target_branch"]),
            files_url=files_url,
            page_url=str(one.get("web_url") or ""),
        )


FORGES: dict[str, type[Forge]] = {"github": GitHub, "gitlab": GitLab, "gitea": Gitea, "gitee": Gitee}
"""By the word of ``--forge``; Forgejo is “gitea”."""
