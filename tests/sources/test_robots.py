"""robots.txt as RFC 9309 reads it, and manners towards sites."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tollbook.errors import SourceError
from tollbook.sources import Options
from tollbook.sources.manners import Manners
from tollbook.sources.robots import read_robots


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /a", "/a/b", False),
        ("User-agent: *\nDisallow: /a", "/b", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z=1", True),
        ("User-agent: *\nDisallow: /x*y*z", "/xabyabz/more", False),
        ("User-agent: *\nDisallow: /%7Ejoe", "/~joe/a", False),
        ("User-agent: *\nDisallow: /مرصد", "/%D9%85%D8%B1%D8%B5%D8%AF/1", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Tollbook/2\nDisallow: /b", "/a", True),
        ("User-agent: other\nUser-agent: tollbook\nDisallow: /a", "/a", False),
        ("User-agent: tollbook\nDisallow: /a\nUser-agent: other\nDisallow: /b", "/b", True),
        ("User-agent: tollbook\nDisallow: /a\nUser-agent: x\nDisallow: /c\nUser-agent: tollbook\nDisallow: /b", "/b", False),
        ("User-agent: *\nDisallow: / # all", "/robots.txt", True),
        ("\ufeffUSER-AGENT : * \r\nDISALLOW : /a\r\n", "/a", False),
        ("<html>not here</html>", "/a", True),
    ],
)  # fmt: skip
def test_rules(rules: str, path: str, allowed: bool) -> None:
    assert read_robots(rules.encode()).allows(f"https://a.example{path}") is allowed


def test_delays() -> None:
    assert read_robots(b"User-agent: *\nCrawl-delay: 2.5").delay == 2.5
    assert read_robots(b"User-agent: *\nCrawl-delay: soon").delay == 0.0
    assert read_robots(b"User-agent: *\nCrawl-delay: 9999999").delay == 86_400.0
    assert read_robots(b"User-agent: tollbook\nDisallow: /x\nUser-agent: *\nCrawl-delay: 9").delay == 0.0


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_are_rules(data: bytes, path: str) -> None:
    read_robots(b"User-agent: *\nDisallow: " + data).allows(
        "https://a.example/" + path.replace("[", "").replace("]", "")
    )


def test_a_pattern_of_many_stars_costs_no_more_than_its_length() -> None:
    robots = read_robots(b"User-agent: *\nDisallow: /" + b"*a" * 5000 + b"b")
    assert robots.allows("https://a.example/" + "a" * 20_000)


class Time:
    """A clock that goes on when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def manners(site: Any, **options: Any) -> tuple[Manners, Time]:
    time = Time()
    return Manners(Options(allow_private=True, **options), clock=time.clock, sleep=time.sleep), time


def test_pages_of_one_site_are_spaced_and_robots_are_asked_once(site: Any) -> None:
    site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 7\nDisallow: /no")
    at, time = manners(site, spacing=2.0)
    for path in ("/1", "/2", "/3"):
        at.pass_gate(site.url + path)
    assert time.slept == [7.0, 7.0]
    with pytest.raises(SourceError, match=r"robots\.txt asks"):
        at.pass_gate(site.url + "/no/1")
    assert site.paths() == ["/robots.txt"]
    time.now += 90_000
    at.pass_gate(site.url + "/4")
    assert site.paths() == ["/robots.txt"] * 2


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (500, False), (503, False), (429, False)]
)
def test_what_an_answer_to_robots_means(site: Any, status: int, allowed: bool) -> None:
    site.serve("/robots.txt", "User-agent: *\nDisallow: /", status=status)
    at, _ = manners(site)
    if allowed:
        at.pass_gate(site.url + "/a")
    else:
        with pytest.raises(SourceError, match="which means no"):
            at.pass_gate(site.url + "/a")


def test_a_site_that_wants_longer_waits_than_anybody_has_is_refused(site: Any) -> None:
    site.serve("/robots.txt", "User-agent: *\nCrawl-delay: 3600")
    at, _ = manners(site)
    with pytest.raises(SourceError, match="3,600 seconds"):
        at.pass_gate(site.url + "/a")


@pytest.mark.parametrize("url", ["http://[", "ftp://a.example/", "http://"])
def test_what_is_no_address_is_told(site: Any, url: str) -> None:
    at, _ = manners(site)
    with pytest.raises(SourceError):
        at.pass_gate(url)
