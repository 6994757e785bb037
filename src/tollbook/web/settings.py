"""settings: what the room is told when it opens."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the register is, and how the room is reached.

    `register` is a path or a postgresql:// address. `team` asks every visitor for an account; without it there is one
    person, on this machine, and no login. `hosts` are the names the room answers to. `tiles` is the address pattern of a
    tile server, asked only when a person has set it; `secure` marks cookies for TLS only. `certificate` and `key` are files
    for TLS; `people` is a folder of linked lists; `catalogue` a
    file with the interface's words in another language; `proxy` says that a server on this machine ends the TLS and passes on.
    """

    register: str
    team: bool = False
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    secure: bool = False
    certificate: str | None = None
    key: str | None = None
    proxy: bool = False
    tiles: str | None = None
    people: str | None = None
    catalogue: str | None = None
    person: str = "recorder"
    max_upload: int = 64_000_000
