"""users: the door to the accounts of a room."""

import sys
from collections.abc import Callable
from typing import Any

import click

_REGISTER = click.option(
    "--register", metavar="REGISTER", envvar="TOLLBOOK_REGISTER", show_envvar=True,
    help="A file, or postgresql://user@host/database. [default: tollbook.register in this folder]",
)  # fmt: skip
_ROLE = click.Choice(["viewer", "reviewer", "editor", "admin"])


@click.group()
def users() -> None:
    """Say who may use the review room, in which role. With the first account the room asks everybody for one.

    \b
    viewer    sees tolls, incidents, maps and origins, and no words of reports
    reviewer  reads reports, accepts, corrects, rejects
    editor    adds reports and claims, merges, splits, signs off
    admin     keeps the accounts

    Exit status of each: 0 done, 2 wrong usage, or the register cannot be opened.
    """


def _password(name: str) -> str:
    """Ask for a password twice, unseen; a program gives it as a line on standard input."""
    if sys.stdin.isatty():
        return str(click.prompt(f"Password of {name}", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _do(register: str | None, work: Callable[[Any, str], None], *, create: bool = False) -> None:
    from tollbook.desk.rooming import Register, open_register  # noqa: PLC0415  # --help must not wait for the register
    from tollbook.desk.showing import user  # noqa: PLC0415  # as above
    from tollbook.errors import TollbookError  # noqa: PLC0415  # as above
    from tollbook.register.register import name_of  # noqa: PLC0415  # as above

    try:
        with open_register(register) if create else Register(name_of(register)) as opened:
            work(opened, user())
    except TollbookError as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(2)


@users.command()
@click.argument("name")
@click.option("--role", type=_ROLE, required=True)
@_REGISTER
def add(name: str, role: str, register: str | None) -> None:
    """Make an account; the password is asked for, or read as a line from standard input."""
    from tollbook.desk.admitting import add_account  # noqa: PLC0415  # as above

    password = _password(name)
    _do(register, lambda opened, by: add_account(opened, name, role, password, by=by), create=True)
    click.echo(f"{name} may come in as {role}")


@users.command("list")
@_REGISTER
def list_(register: str | None) -> None:
    """Show all accounts, one a line: name, role, whether it asks for one-time codes, since when."""
    from tollbook.desk.admitting import people  # noqa: PLC0415  # as above

    def show(opened: Any, _: str) -> None:
        for one in people(opened):
            end = f"removed {one.removed[:10]}" if one.removed else "one-time codes" if one.totp else ""
            click.echo("\t".join((one.name, one.role, one.made[:10], end)).rstrip())

    _do(register, show)


@users.command()
@click.argument("name")
@_REGISTER
def remove(name: str, register: str | None) -> None:
    """Close an account at once; what it decided stays under its name."""
    from tollbook.desk.admitting import remove_account  # noqa: PLC0415  # as above

    _do(register, lambda opened, by: remove_account(opened, name, by=by))
    click.echo(f"{name} cannot come in any more")


@users.command()
@click.argument("name")
@click.argument("role", type=_ROLE)
@_REGISTER
def role(name: str, role: str, register: str | None) -> None:
    """Give an account another role; it holds from the next page on."""
    from tollbook.desk.admitting import set_role  # noqa: PLC0415  # as above

    _do(register, lambda opened, by: set_role(opened, name, role, by=by))
    click.echo(f"{name} is {role}")


@users.command()
@click.argument("name")
@_REGISTER
def password(name: str, register: str | None) -> None:
    """Give an account another password and end its sessions and keys."""
    from tollbook.desk.admitting import set_password  # noqa: PLC0415  # as above

    word = _password(name)
    _do(register, lambda opened, by: set_password(opened, name, word, by=by))
    click.echo(f"{name} has another password; all sessions and keys of it have ended")


@users.command()
@click.argument("name")
@click.option("--off", is_flag=True, help="Ask for no codes any more, as when a telephone is lost.")
@_REGISTER
def totp(name: str, off: bool, register: str | None) -> None:
    """Ask an account for one-time codes (TOTP) and show the secret for the telephone, once."""
    from tollbook.desk.admitting import new_secret, set_codes  # noqa: PLC0415  # as above

    secret, address = (None, "") if off else new_secret(name)
    _do(register, lambda opened, by: set_codes(opened, name, secret, by=by))
    if off:
        click.echo(f"{name} is asked for no codes")
    else:
        click.echo(f"secret\t{secret}\naddress\t{address}")
