"""entering: signing in and out; one's own password, one-time codes, sessions and keys; and the accounts, for an admin."""

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.desk import admitting
from tollbook.errors import UsageError
from tollbook.web.accounts import cookie
from tollbook.web.forms import changing, field, fields, inside, read_form, register_of
from tollbook.web.person import Person, table
from tollbook.web.render import page, say


def _team(request: Request) -> None:
    if not request.app.state.settings.team:
        raise HTTPException(404)


def _own(request: Request) -> tuple[admitting.Account, admitting.Session]:
    """Return the account and the browser's session; a program's key keeps no accounts."""
    _team(request)
    person = request.state.person
    assert isinstance(person, Person)
    if person.account is None or person.session is None or person.session.kind != "session":
        raise HTTPException(403)
    return person.account, person.session


def _form(request: Request) -> Response:
    _team(request)
    return page(
        request, "login.html", words="", name="", back=request.query_params.get("back", "/")[:500], code=False
    )


async def _enter(request: Request) -> Response:
    """Let somebody in; one after the other, without holding the threads of those who are in already."""
    _team(request)
    form = await read_form(request, 10_000)
    limiter = request.app.state.entering
    assert isinstance(limiter, CapacityLimiter)
    where = request.client.host if request.client else ""
    found = await to_thread.run_sync(
        admitting.sign_in, register_of(request), field(form, "name"), str(form.get("password") or ""),
        field(form, "code"), where, limiter=limiter,
    )  # fmt: skip
    if isinstance(found, admitting.Refused):
        words = say(f"login.{found.why}", n=found.seconds)
        status = 429 if found.why == "wait" else 401
        answer: Response = page(
            request, "login.html", status, words=words, name=field(form, "name")[:200], back=field(form, "back"),
            code=found.why == "code" or bool(field(form, "code")),
        )  # fmt: skip
        if found.seconds:
            answer.headers["retry-after"] = str(found.seconds)
        return answer
    answer = RedirectResponse(inside(field(form, "back")), 303)
    answer.headers.append("set-cookie", cookie(request.app.state.settings, found.word))
    return answer


def _leave(request: Request, form: FormData) -> Response:
    account, session = _own(request)
    admitting.end_sessions(register_of(request), account.name, by=account.name, id=session.id)
    answer = RedirectResponse("/login", 303)
    answer.headers.append("set-cookie", cookie(request.app.state.settings, ""))
    answer.headers["clear-site-data"] = '"cache", "storage"'
    return answer


def _account(request: Request, *, key: str = "", secret: str = "") -> Response:
    account, session = _own(request)
    held = admitting.sessions_of(register_of(request), account)
    return page(
        request, "account.html", account=account, here=session.id, sessions=[s for s in held if s.kind == "session"],
        keys=[s for s in held if s.kind == "key"], key=key, secret=secret, scopes=list(table().scopes),
        address=admitting.address_of(account.name, secret) if secret else "", longest=admitting.KEY_DAYS,
    )  # fmt: skip


def _sure(request: Request, form: FormData) -> admitting.Account:
    """Return the account, whose own password was given once more; wrong ones count as at the door."""
    account, _ = _own(request)
    where = request.client.host if request.client else ""
    if not admitting.confirm_password(register_of(request), account, str(form.get("present") or ""), where):
        raise UsageError(say("account.present_wrong"))
    return account


def _password(request: Request, form: FormData) -> Response:
    account, (_, session) = _sure(request, form), _own(request)
    if form.get("password") != form.get("again"):
        raise UsageError(say("account.unlike"))
    word = str(form.get("password") or "")
    admitting.set_password(register_of(request), account.name, word, by=account.name, but=session.digest)
    return RedirectResponse("/account", 303)


def _codes(request: Request, form: FormData) -> Response:
    register, (account, _) = register_of(request), _own(request)
    if field(form, "wish") == "new":  # nothing is kept before a code of it, and the password, were given
        return _account(request, secret=admitting.new_secret(account.name)[0])
    _sure(request, form)
    if field(form, "wish") == "off":
        admitting.set_codes(register, account.name, None, by=account.name)
    else:
        secret, code = field(form, "secret"), field(form, "code")
        admitting.set_codes(register, account.name, secret, by=account.name, code=code)
    return RedirectResponse("/account", 303)


def _sessions(request: Request, form: FormData) -> Response:
    account, session = _own(request)
    id = field(form, "id")
    but = "" if id else session.digest
    admitting.end_sessions(register_of(request), account.name, by=account.name, id=id or None, but=but)
    return RedirectResponse("/account", 303)


def _keys(request: Request, form: FormData) -> Response:
    account = _sure(request, form)
    scopes = [s for s in table().scopes if s in fields(form, "scope")]
    if not scopes:
        raise UsageError(say("account.no_scope"))
    days = field(form, "days")
    key = admitting.new_key(
        register_of(request), account, field(form, "label"), scopes,
        int(days) if days.isascii() and days.isdecimal() and len(days) < 6 else 0, by=account.name,
    )  # fmt: skip
    return _account(request, key=key)


def _users(request: Request) -> Response:
    _own(request)
    return page(request, "users.html", people=admitting.people(register_of(request)), roles=table().roles)


def _manage(request: Request, form: FormData) -> Response:
    register, by, name, wish = (
        register_of(request),
        _sure(request, form).name,
        field(form, "name"),
        field(form, "wish"),
    )
    if wish == "add":
        admitting.add_account(register, name, field(form, "role"), str(form.get("password") or ""), by=by)
    elif wish == "role":
        admitting.set_role(register, name, field(form, "role"), by=by)
    elif wish == "remove":
        admitting.remove_account(register, name, by=by)
    elif wish == "end":
        admitting.end_sessions(register, name, by=by)
    else:
        raise UsageError(say("error.missing"))
    return RedirectResponse("/users", 303)


routes = [
    Route("/login", _form),
    Route("/login", _enter, methods=["POST"]),
    Route("/logout", changing(_leave), methods=["POST"]),
    Route("/account", _account),
    Route("/account/password", changing(_password), methods=["POST"]),
    Route("/account/codes", changing(_codes), methods=["POST"]),
    Route("/account/sessions", changing(_sessions), methods=["POST"]),
    Route("/account/keys", changing(_keys), methods=["POST"]),
    Route("/users", _users),
    Route("/users", changing(_manage), methods=["POST"]),
]
