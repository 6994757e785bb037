"""Where the room may listen."""

import pytest

from tollbook.errors import UsageError
from tollbook.web.serve import checked, is_loopback
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


def test_a_name_that_leads_nowhere_is_said() -> None:
    with pytest.raises(UsageError, match="no address is known"):
        checked("no-such-host.invalid", HERE, open_to_everybody=False)
