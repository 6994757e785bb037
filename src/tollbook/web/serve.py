"""serve: where and how -> the room, listening; never on a public address by accident."""

import ipaddress
import socket
from dataclasses import replace

import uvicorn

from tollbook.errors import UsageError
from tollbook.web.app import create_app
from tollbook.web.settings import Settings


def is_loopback(host: str) -> bool:
    """Tell whether an address is reached from this machine only. A name counts by all the addresses it stands for."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        pass
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(host, None)}
    except OSError:
        raise UsageError(
            f"--host: no address is known for '{host}' - give an address such as 127.0.0.1"
        ) from None
    return bool(found) and all(ipaddress.ip_address(a.partition("%")[0]).is_loopback for a in found)


def checked(host: str, settings: Settings, *, open_to_everybody: bool) -> Settings:
    """Return the settings for listening at a host; UsageError where strangers could come in and change the record."""
    if is_loopback(host):
        return replace(settings, hosts=tuple(dict.fromkeys((*settings.hosts, host.lower()))))
    if not open_to_everybody:
        raise UsageError(
            f"--host {host}: whoever reaches this address could change the record: there are no accounts and no TLS - "
            "listen on 127.0.0.1 and reach it by an SSH tunnel, or say --open-to-everybody"
        )
    hosts = () if host in ("0.0.0.0", "::") else (host.lower(),)
    return replace(settings, hosts=tuple(dict.fromkeys((*settings.hosts, *hosts))))


def listen(settings: Settings, host: str, port: int) -> None:
    """Open the register and answer at an address until somebody stops it."""
    app = create_app(settings)
    config = uvicorn.Config(
        app, host=host.strip("[]"), port=port, log_level="warning", server_header=False, date_header=True,
        timeout_keep_alive=30, ws="none", lifespan="off",
    )  # fmt: skip
    uvicorn.Server(config).run()
