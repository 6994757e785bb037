"""working: long work that goes on behind a page -> kept in the register, so that whoever comes next can see it and go on.

Each kind of work is a generator that yields how far it is, and that goes on from there: adding the same reports again changes
nothing, reading anew remembers the last report it looked at.
"""

import os
import secrets
import shutil
import socket
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tollbook.desk import rereading
from tollbook.desk.keeping import Tally
from tollbook.desk.receiving import options_of
from tollbook.desk.rooming import receive
from tollbook.errors import UsageError
from tollbook.model.rereading import Standing
from tollbook.register import jobs
from tollbook.register.jobs import Kept
from tollbook.register.moment import now
from tollbook.register.register import Register

_KEPT = 200  # pieces of work that are remembered
_STALE = 120.0  # seconds after which work of another machine that says nothing counts as left
_SHOWN = 50  # problems that are named
OVER = ("done", "stopped", "failed")


def holder() -> str:
    """Name this machine and process."""
    return f"{socket.gethostname()} {os.getpid()} {_begun(os.getpid())}"


def _begun(process: int) -> str:
    """Return when a process began, as its machine counts it; numbers of processes are given again."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "0"


def is_left(one: Kept) -> bool:
    """Tell whether nobody is at work that is not over: its process is gone, or has said nothing for two minutes."""
    if one.state in OVER:
        return False
    machine, process, begun = ([*one.holder.split(), "", "", ""])[:3]
    if machine == socket.gethostname() and process.isdecimal():
        return not _lives(int(process)) or _begun(int(process)) != begun
    return (datetime.now(UTC) - datetime.fromisoformat(one.touched)).total_seconds() > _STALE


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def begin(register: Register, kind: str, title: str, plan: Mapping[str, Any], *, by: str) -> Kept:
    """Keep new work, which this process is at from now on."""
    at = now()
    one = Kept(
        secrets.token_urlsafe(8), kind, title, by, at, dict(plan), "running", Standing(), "", holder(), at
    )
    with register.writing() as connection:
        jobs.add(connection, one)
        for gone in jobs.forget(connection, _KEPT):
            clear(gone)
    return one


def take_up(register: Register, id: str) -> Kept:
    """Go on with work that was left, or that was stopped or broke off; UsageError where somebody is at it, or it is done."""
    with register.writing() as connection:
        one = jobs.find(connection, id)
        if one is None:
            raise UsageError("job: there is none of this id")
        if one.state == "done" or (one.state not in OVER and not is_left(one)):
            raise UsageError("job: it is done, or somebody is at it")
        if "folder" in one.plan and not Path(one.plan["folder"]).is_dir():
            raise UsageError("job: its files are gone - upload them again; what was added stands")
        jobs.note(connection, id, at=now(), holder=holder(), state="running", told=one.told)
        return replace(one, state="running", holder=holder(), error="")


def steps(register: Register, one: Kept) -> Iterator[Standing]:
    """Do work from where it is; yield how far it is after each batch that is kept."""
    after = one.told if one.told.at else None
    if one.kind == "compare":
        return rereading.compare(register, one.id, after=after)
    if one.kind == "take":
        return rereading.take_over(register, one.plan["comparison"], by=one.by, reason=one.plan["reason"])
    hidden = Path(one.plan["folder"]) if "folder" in one.plan else None
    tallies = receive(register, list(one.plan["sources"]), options_of(), by=one.by, hidden=hidden)
    return (_standing(tally) for tally in tallies)


def _standing(tally: Tally) -> Standing:
    counts = {
        "added": tally.added,
        "known": tally.known,
        "claims": tally.claims,
        "incidents": tally.incidents,
    }
    problems = tuple((p.where, p.what) for p in tally.problems[:_SHOWN])
    done = tally.added + tally.known + len(tally.problems)
    return Standing(done, None, tuple(counts.items()), problems, len(tally.problems))


def note(register: Register, id: str, state: str, told: Standing | None = None, error: str = "") -> None:
    """Note how work stands, which this process is at."""
    with register.writing() as connection:
        jobs.note(connection, id, at=now(), holder=holder(), state=state, told=told, error=error)


def still_there(register: Register, ids: list[str]) -> None:
    """Note that this process is still at some work, though it had nothing to tell."""
    with register.writing() as connection:
        jobs.touch(connection, ids, now())


def find_work(register: Register, id: str) -> Kept | None:
    """Return work by its id; None where there is none."""
    with register.reading() as connection:
        return jobs.find(connection, id)


def newest_work(register: Register, limit: int = 10) -> list[Kept]:
    """Return the work that was begun last, newest first."""
    with register.reading() as connection:
        return jobs.newest(connection, limit)


def incoming(register: Register) -> Path:
    """Make a folder beside the archive for files that were uploaded: they wait there until their work is over."""
    folder = (
        register.archive.folder.parent / f"{register.archive.folder.name}.incoming" / secrets.token_hex(8)
    )
    folder.mkdir(parents=True, mode=0o700)
    return folder


def clear(one: Kept) -> None:
    """Remove the files that work was about, once it is over."""
    if "folder" in one.plan:
        shutil.rmtree(one.plan["folder"], ignore_errors=True)


__all__ = [
    "OVER", "Kept", "begin", "clear", "find_work", "holder", "incoming", "is_left", "newest_work", "note", "steps", "still_there",
    "take_up",
]  # fmt: skip
