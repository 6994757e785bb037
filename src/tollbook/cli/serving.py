"""serving: the door to the review room."""

import sys
from dataclasses import replace

import click


@click.command()
@click.option(
    "--register", metavar="REGISTER", envvar="TOLLBOOK_REGISTER", show_envvar=True,
    help="A file, or postgresql://user@host/database. [default: tollbook.register in this folder]",
)  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, metavar="N")
@click.option(
    "--host-name", "names", multiple=True, metavar="NAME", help="A further name the room answers to."
)
@click.option("--by", metavar="NAME", help="Who decides in the room.  [default: the user at the keyboard]")
@click.option(
    "--tiles", metavar="URL", help="A tile server for maps, as in https://tiles.example/{z}/{x}/{y}.png"
)
@click.option(
    "--people",
    type=click.Path(exists=True, file_okay=False),
    metavar="FOLDER",
    help="Linked lists (tollbook people link) whose doubtful pairs are decided in the room.",
)
@click.option(
    "--catalogue",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="The interface's words in another language or direction, as a TOML file.",
)
@click.option(
    "--tls-cert",
    "certificate",
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Certificate, PEM.",
)
@click.option(
    "--tls-key", "key", type=click.Path(exists=True, dir_okay=False), metavar="FILE", help="Its key, PEM."
)
@click.option(
    "--behind-proxy",
    "proxy",
    is_flag=True,
    help="A server on this machine ends the TLS and passes requests on.",
)
@click.option(
    "--open-to-everybody", is_flag=True, help="Listen beyond this machine without accounts or TLS. Dangerous."
)
def serve(
    register: str | None,
    host: str,
    port: int,
    names: tuple[str, ...],
    by: str | None,
    tiles: str | None,
    people: str | None,
    catalogue: str | None,
    certificate: str | None,
    key: str | None,
    proxy: bool,
    open_to_everybody: bool,
) -> None:
    """Open the review room: the register in a browser, on this machine only. A register is made where there is none. Where the
    register has accounts (see: tollbook users), everybody signs in.

    Exit status: 0 stopped, 2 wrong usage, or the register cannot be opened.
    """
    from tollbook.desk.showing import user  # noqa: PLC0415  # --help must not wait for the room
    from tollbook.errors import TollbookError  # noqa: PLC0415  # as above
    from tollbook.register.register import name_of  # noqa: PLC0415  # as above
    from tollbook.web.serve import checked, listen, with_accounts  # noqa: PLC0415  # as above
    from tollbook.web.settings import Settings  # noqa: PLC0415  # as above

    settings = Settings(
        name_of(register), person=by or user(), tiles=tiles, people=people, catalogue=catalogue, certificate=certificate,
        key=key, proxy=proxy,
    )  # fmt: skip
    try:
        settings = replace(settings, hosts=(*settings.hosts, *(n.lower() for n in names)))
        settings = checked(host, with_accounts(settings), open_to_everybody=open_to_everybody)
        scheme = "https" if settings.certificate else "http"
        click.echo(f"the room is open at {scheme}://{host}:{port}/ - stop it with Ctrl-C", err=True)
        listen(settings, host, port)
    except TollbookError as problem:
        click.echo(f"Error: {problem}", err=True)
        sys.exit(2)
