"""serve: where and how -> the room, listening; never on a public address by accident."""

import gc
import ipaddress
import socket
from dataclasses import replace

import uvicorn

from tollbook.desk.admitting import has_accounts
from tollbook.desk.rooming import open_register
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
    """Return the settings for listening at a host; UsageError where strangers could come in, or words be read on the way.

    Beyond this machine it takes accounts and TLS, or a flag that says it is meant.
    """
    if (settings.certificate is None) != (settings.key is None):
        raise UsageError("--tls-cert and --tls-key: one is of no use without the other - give both")
    secure = settings.certificate is not None or settings.proxy
    settings = replace(settings, secure=secure)
    if is_loopback(host):
        if settings.proxy and not settings.team and not open_to_everybody:
            raise UsageError(
                "--behind-proxy: whoever reaches the proxy could change the record: there are no accounts - make one with "
                "tollbook users add NAME --role admin, or say --open-to-everybody"
            )
        return replace(settings, hosts=tuple(dict.fromkeys((*settings.hosts, host.lower()))))
    lacking = " and ".join(
        words
        for words, there in (("no accounts", settings.team), ("no TLS", settings.certificate))
        if not there
    )
    if lacking and not open_to_everybody:
        raise UsageError(
            f"--host {host}: whoever reaches this address could read or change the record: there are {lacking} - make an "
            "account with tollbook users add NAME --role admin and give --tls-cert and --tls-key; or listen on 127.0.0.1 "
            "and reach it by an SSH tunnel, or say --open-to-everybody"
        )
    hosts = () if host in ("0.0.0.0", "::") else (host.lower(),)
    return replace(settings, hosts=tuple(dict.fromkeys((*settings.hosts, *hosts))))


def with_accounts(settings: Settings) -> Settings:
    """Return the settings with what the register says: once it has accounts, its room asks who comes."""
    with open_register(settings.register) as register:
        return replace(settings, team=has_accounts(register))


def listen(settings: Settings, host: str, port: int) -> None:
    """Open the register and answer at an address until somebody stops it."""
    app = create_app(settings)
    gc.freeze()  # what is there now stays: whoever looks for cycles among it makes somebody wait
    gc.set_threshold(50_000, 20, 50)
    config = uvicorn.Config(
        app, host=host.strip("[]"), port=port, log_level="warning", server_header=False, date_header=True,
        timeout_keep_alive=30, ws="none", lifespan="off", ssl_certfile=settings.certificate, ssl_keyfile=settings.key,
        proxy_headers=settings.proxy, forwarded_allow_ips="127.0.0.1",
    )  # fmt: skip
    uvicorn.Server(config).run()
