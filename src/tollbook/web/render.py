"""render: values -> a page.

Everything that comes out of the register is hostile text: the environment escapes all of it, always.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from tollbook.model.version import VERSION
from tollbook.web import catalogue, figures
from tollbook.web.catalogue import say, term
from tollbook.web.divisions import division_of

# marks that turn the direction of all that follows, and other characters that no eye sees
_UNSEEN = dict.fromkeys(
    (*range(8234, 8239), *range(8294, 8298), 8206, 8207, *range(9), 11, 12, *range(14, 32), 127), "�"
)


def plain(words: object) -> str:
    """Return words for a line of a page: control and direction marks are shown as such, never obeyed."""
    return str(words).translate(_UNSEEN)


def speak(file: str | None) -> None:
    """Let all pages speak by a catalogue from now on; see `catalogue.speak`."""
    catalogue.speak(file)
    _fixed.cache_clear()
    _choice.cache_clear()
    _options.cache_clear()


def _said(key: str, **values: object) -> Markup:
    """Return what `say` does for a page, escaped; what has no values is escaped once."""
    return escape(say(key, **values)) if values else _fixed(key)


@cache
def _fixed(key: str) -> Markup:
    return escape(say(key))


def choice(id: str, name: str, label: str, value: str, values: tuple[str, ...]) -> Markup:
    """Return the field of a form that chooses among fixed words, with what it was: one page has hundreds of them."""
    return Markup(_choice(name, label, value, values).replace(_ID, escape(id)))


_ID = "\0"


@cache
def _choice(name: str, label: str, value: str, values: tuple[str, ...]) -> str:
    field, chosen = escape(name), escape(value)
    options = _options(value, values)
    return (
        f'<div><label for="{field}-{_ID}">{_fixed(f"claim.{label}")}</label><select id="{field}-{_ID}" name="{field}">'
        f'{options}</select><input type="hidden" name="old:{field}" value="{chosen}"></div>'
    )


@cache
def _options(value: str, values: tuple[str, ...]) -> Markup:
    """Return the options of a list of fixed words, one of them chosen."""
    return Markup("").join(
        Markup('<option value="{}"{}>{}</option>').format(
            v, Markup(" selected" if v == value else ""), term(v)
        )
        for v in values
    )


def _isolated(worded: Callable[..., str]) -> Callable[..., Markup]:
    """Return words with a direction of their own: days keep their order beside names of another script."""
    return lambda *values: Markup("<bdi>{}</bdi>").format(worded(*values))


@cache
def environment() -> Environment:
    """Return the one template environment: strict about names, escaping everything."""
    env = Environment(
        loader=PackageLoader("tollbook.web", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(
        say=_said,
        term=term,
        choice=choice,
        options=_options,
        kept=figures.kept,
        side=figures.side,
        division_of=division_of,
        version=VERSION,
    )
    env.filters.update(
        plain=plain,
        figure=figures.figure,
        toll=figures.toll_figure,
        day=_isolated(figures.day),
        days=_isolated(figures.days),
        sure=figures.sure,
        grouped=figures.grouped,
        in_order=figures.in_order,
        place_value=figures.place_value,
        parties_value=figures.parties_value,
    )
    return env


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Answer with a template; htmx requests get the same template and take the part they asked for."""
    html = (
        environment()
        .get_template(template)
        .render(
            request=request,
            path=request.url.path,
            person=getattr(request.state, "person", None),
            token=getattr(request.state, "token", ""),
            **values,
        )
    )
    return HTMLResponse(html, status)


__all__ = ["choice", "environment", "page", "plain", "say", "speak"]
