"""explaining: a source -> why its claims were formed, printed."""

import sys
from dataclasses import replace
from typing import Any

import click

from tollbook.desk.language import in_its_language
from tollbook.desk.receiving import options_of
from tollbook.errors import Problem, TollbookError, UsageError
from tollbook.model.explanation import Explanation
from tollbook.pipeline import explain_report
from tollbook.sources import open_sources


def print_explanation(
    source: str, claim: str | None = None, *, profile: str = "house", as_json: bool = False, **said: Any
) -> int:
    """Print why the claims of a source's reports were formed; return the exit status: 0, 1 something unread, 2 wrong use.

    `said` is what `options_of` takes.
    """
    from tollbook.writers.words import problem_words  # noqa: PLC0415  # --help must not wait for the writers

    failed = 0
    try:
        for item in open_sources([source], options_of(**said, keep=False)):
            if isinstance(item, Problem):
                failed = 1
                click.echo(problem_words(item), err=True)
                continue
            report = in_its_language(item.report, said=said.get("language") is not None)
            _print(_asked(explain_report(report, profile=profile), claim), claim, as_json)
    except TollbookError as problem:
        click.echo(f"Error: {problem}", err=True)
        return 2
    return failed


def _asked(explanation: Explanation, claim: str | None) -> Explanation:
    """Return the explanation; UsageError where it has no such claim."""
    ids = [why.claim.id for why in explanation.claims]
    if claim is not None and claim not in ids:
        known = f"{ids[0]} to {ids[-1]}" if ids else "none"
        raise UsageError(f"no claim '{claim}' in {explanation.ref or 'the report'} - there are: {known}")
    return explanation


def _print(explanation: Explanation, claim: str | None, as_json: bool) -> None:
    from tollbook.writers.explanation import explanation_json, write_explanation  # noqa: PLC0415  # as above

    if as_json:
        some = tuple(w for w in explanation.claims if claim is None or w.claim.id == claim)
        click.echo(explanation_json(replace(explanation, claims=some)).decode())
        return
    from rich.console import Console  # noqa: PLC0415  # as above

    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # it is a text stream here
    width = None if sys.stdout.isatty() else 80
    write_explanation(explanation, Console(highlight=False, width=width), claim)
