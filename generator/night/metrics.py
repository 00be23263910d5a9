"""A run as node_exporter's textfile collector reads it: Prometheus' text format, version 0.0.4."""

from __future__ import annotations

from collections.abc import Iterable

from generator.night.outcome import Run

Samples = Iterable[tuple[str, float]]  # labels as written, and the value


def metrics_text(run: Run) -> str:
    """Every figure of *run*, each with its HELP and TYPE.

    What a run did not get as far as finding out is left out, not told as 0. All are gauges: a run has no memory but
    the moment of the last success, 0 as long as there was none.
    """
    text = ""
    for name, about, samples in _families(run):
        if rows := list(samples):
            text += f"# HELP showcase_{name} {about}\n# TYPE showcase_{name} gauge\n"
            text += "".join(f"showcase_{name}{labels} {value!r}\n" for labels, value in rows)
    return text


def _families(run: Run) -> Iterable[tuple[str, str, Samples]]:
    built, published = run.built, run.published
    last_success = run.last_success.timestamp() if run.last_success else 0.0
    yield "last_run_timestamp_seconds", "When the last nightly run ended.", _one(run.ended.timestamp())
    yield "last_success_timestamp_seconds", "When a run last ended with 0 or 1; 0 for never.", _one(last_success)
    yield "last_run_exit_code", "0 done, 1 cases withheld, 2 settings, 3 failed, 4 locked.", _one(run.exit_code)
    yield "last_run_duration_seconds", "How long the last run took.", _one(run.duration_s)
    yield (
        "last_run_stage_duration_seconds",
        "How long each stage of the last run took.",
        [(f'{{stage="{stage.name}"}}', stage.duration_s) for stage in run.stages],
    )
    yield "notice_failed", "1 if the last run could not tell anybody what it had to.", _one(run.notice == "failed")
    yield "cases", "Cases on the site that was built.", _one(built.cases) if built else ()
    yield "pages", "Pages of the site that was built.", _one(built.pages) if built else ()
    yield "media_files", "Media files of the site that was built.", _one(built.media) if built else ()
    yield "cases_withheld", "Cases kept off the site by errors.", _one(len(built.withheld)) if built else ()
    yield "content_errors", "Errors of content.", _one(len(built.faults)) if built else ()
    yield "release_files", "Files of the live release.", _one(published.files) if published else ()
    yield (
        "release_changed_files",
        "Files that the last run changed on the live site; 0 if nothing was new.",
        _one(published.changed) if published else (),
    )
    yield (
        "release_is_new",
        "1 if the last run made a new release, 0 if nothing had changed.",
        _one(published.is_new) if published else (),
    )


def _one(value: float) -> Samples:
    return [("", float(value))]
