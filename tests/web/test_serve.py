"""Where the room may listen."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tollbook.cli.users import users
from tollbook.errors import UsageError
from tollbook.web.serve import checked, is_loopback, with_accounts
from tollbook.web.settings import Settings

HERE = Settings("x")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "[::1]", "localhost"])
def test_this_machine_is_reached_without_more(host: str) -> None:
    assert is_loopback(host)
    assert host in checked(host, HERE, open_to_everybody=False).hosts


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "203.0.113.9"])
def test_a_public_address_is_refused_unless_meant(host: str) -> None:
    with pytest.raises(UsageError, match="no accounts"):
        checked(host, HERE, open_to_everybody=False)
    assert checked(host, HERE, open_to_everybody=True).register == "x"


def test_beyond_this_machine_it_takes_accounts_and_tls() -> None:
    team, tls = replace(HERE, team=True), {"certificate": "c.pem", "key": "k.pem"}
    with pytest.raises(UsageError, match="there are no TLS"):
        checked("203.0.113.9", team, open_to_everybody=False)
    with pytest.raises(UsageError, match="there are no accounts -"):
        checked("203.0.113.9", replace(HERE, **tls), open_to_everybody=False)
    both = checked("203.0.113.9", replace(team, **tls), open_to_everybody=False)
    assert both.secure
    assert "203.0.113.9" in both.hosts
    with pytest.raises(UsageError, match="both"):
        checked("127.0.0.1", replace(HERE, key="k.pem"), open_to_everybody=False)


def test_behind_a_proxy_it_takes_accounts_and_cookies_are_for_tls_only() -> None:
    with pytest.raises(UsageError, match="proxy"):
        checked("127.0.0.1", replace(HERE, proxy=True), open_to_everybody=False)
    assert checked("127.0.0.1", replace(HERE, proxy=True, team=True), open_to_everybody=False).secure


def test_a_register_with_accounts_asks_who_comes(tmp_path: Path) -> None:
    name = str(tmp_path / "a.register")
    assert not with_accounts(Settings(name)).team
    done = CliRunner().invoke(
        users, ["add", "ada", "--role", "admin", "--register", name], input="a long sentence\n"
    )
    assert done.output == "ada may come in as admin\n"
    assert with_accounts(Settings(name)).team
    told = CliRunner().invoke(users, ["list", "--register", name]).output
    assert told.startswith("ada\tadmin\t")
    secret = CliRunner().invoke(users, ["totp", "ada", "--register", name]).output
    assert secret.startswith("secret\t")
    assert CliRunner().invoke(users, ["totp", "ada", "--off", "--register", name]).exit_code == 0
    assert CliRunner().invoke(users, ["password", "ada", "--register", name], input="short\n").exit_code == 2
    assert (
        CliRunner()
        .invoke(users, ["password", "ada", "--register", name], input="a longer sentence\n")
        .exit_code
        == 0
    )
    assert CliRunner().invoke(users, ["role", "ada", "viewer", "--register", name]).exit_code == 2
    assert (
        CliRunner()
        .invoke(users, ["add", "bo", "--role", "admin", "--register", name], input="a long sentence\n")
        .exit_code
        == 0
    )
    assert (
        CliRunner().invoke(users, ["remove", "ada", "--register", name]).output
        == "ada cannot come in any more\n"
    )
    assert CliRunner().invoke(users, ["remove", "ada", "--register", name]).exit_code == 2


def test_a_name_that_leads_nowhere_is_said() -> None:
    with pytest.raises(UsageError, match="no address is known"):
        checked("no-such-host.invalid", HERE, open_to_everybody=False)
