"""admitting: a name and a password, or a key -> who it is; and the keeping of accounts.

Passwords are kept as argon2id (RFC 9106). Who gets it wrong waits longer each time, by name and by address. One-time codes
are TOTP (RFC 6238), each taken once. A session ends after hours without use, after days in any case, and whenever somebody
ends it: all of that is kept in the register, so a restart forgives nothing.
"""

import hashlib
import secrets
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection

from tollbook.errors import UsageError
from tollbook.register import accounts
from tollbook.register.accounts import Account, Session
from tollbook.register.moment import written
from tollbook.register.register import Register

ROLES = ("viewer", "reviewer", "editor", "admin")
IDLE, LONGEST, KEY_DAYS = timedelta(hours=12), timedelta(days=7), 365
_SHORTEST, _LONGEST_WORD = 12, 1000  # characters of a password
_FREE = {
    "name": 50,
    "pair": 5,
    "from": 30,
}  # wrong ones before the first wait: all at one name, one at a name, one at all
_FIRST, _MOST_WAIT = 2, 900  # seconds
_TOUCH = timedelta(minutes=1)  # a session's last use is written no oftener
_HASHING = threading.Semaphore(2)  # each takes 64 MB for a moment: strangers must not fill the memory
_STEP = 30  # seconds of one code


@dataclass(frozen=True, slots=True)
class Refused:
    """Why somebody does not come in: `wrong`, `code` (a one-time code is needed), or `wait` with seconds."""

    why: str
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who it is, and by which session or key; `word` is what a browser must show from now on, once."""

    account: Account
    session: Session
    word: str = ""


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobody() -> str:
    """Return a hash that no word has: a name that does not exist takes as long as one that does."""
    return _hasher().hash(secrets.token_urlsafe(32))


def _hash(password: str) -> str:
    if len(password) < _SHORTEST:
        raise UsageError(
            f"password: {len(password)} characters - take {_SHORTEST} or more; a sentence is good"
        )
    if len(password) > _LONGEST_WORD:
        raise UsageError(f"password: too long - take at most {_LONGEST_WORD} characters")
    with _HASHING:
        return _hasher().hash(password.encode("utf-8", "replace"))


def _holds(kept: str, password: str) -> bool:
    with _HASHING:
        try:
            return _hasher().verify(kept, password[:_LONGEST_WORD].encode("utf-8", "replace"))
        except (VerificationError, InvalidHashError):
            return False


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode("utf-8", "replace")).hexdigest()


def has_accounts(register: Register) -> bool:
    """Tell whether the register has accounts, so that its room asks who comes."""
    with register.reading() as connection:
        return accounts.any_there(connection)


def people(register: Register) -> list[Account]:
    """Return all accounts, removed ones too."""
    with register.reading() as connection:
        return accounts.every(connection)


def add_account(register: Register, name: str, role: str, password: str, *, by: str) -> None:
    """Make an account; UsageError where the name is taken, no name, or the password too short."""
    name = name.strip()
    if not name or len(name) > 60 or not name.isprintable() or name.casefold() != name.lower().casefold():
        raise UsageError(f"users: '{name[:60]}' cannot be a name - take up to 60 letters")
    _known_role(role)
    kept = _hash(password)
    with register.writing() as connection:
        if accounts.find(connection, name) is not None:
            raise UsageError(f"users: there is a '{name}' already - see them with: tollbook users list")
        accounts.add(connection, name, role, kept, at=_now(), by=by)


def _known_role(role: str) -> None:
    if role not in ROLES:
        raise UsageError(f"users: no role '{role}' - there are: {', '.join(ROLES)}")


def set_role(register: Register, name: str, role: str, *, by: str) -> None:
    """Give an account another role, which holds from the next request on; the last admin stays one."""
    _known_role(role)
    with register.writing() as connection:
        account = _one(accounts.find(connection, name), name)
        if account.role == "admin" and role != "admin":
            _another_admin(accounts.every(connection), account)
        accounts.change(connection, account, {"role": role}, "role", at=_now(), by=by, role=role)


def remove_account(register: Register, name: str, *, by: str) -> None:
    """Close an account and end all its sessions and keys; its decisions stay under its name."""
    with register.writing() as connection:
        account = _one(accounts.find(connection, name), name)
        if account.role == "admin":
            _another_admin(accounts.every(connection), account)
        accounts.end(connection, account.n)
        accounts.change(connection, account, {"removed": _now()}, "remove", at=_now(), by=by)


def _another_admin(every: list[Account], account: Account) -> None:
    if not any(a.role == "admin" and a.removed is None and a.n != account.n for a in every):
        raise UsageError(f"users: '{account.name}' is the only admin - make somebody else one first")


def set_password(register: Register, name: str, password: str, *, by: str, but: str = "") -> None:
    """Give an account another password and end its sessions and keys, all but the session of a digest."""
    kept = _hash(password)
    with register.writing() as connection:
        account = _one(accounts.find(connection, name), name)
        accounts.end(connection, account.n, but=but)
        accounts.change(connection, account, {"password": kept}, "password", at=_now(), by=by)


def new_secret(name: str) -> tuple[str, str]:
    """Return a fresh secret for one-time codes and the address by which a telephone learns it; nothing is kept yet."""
    secret = pyotp.random_base32()
    return secret, address_of(name, secret)


def address_of(name: str, secret: str) -> str:
    """Return the otpauth address of a secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Tollbook")


def set_codes(register: Register, name: str, secret: str | None, *, by: str, code: str | None = None) -> None:
    """Ask an account for one-time codes from now on, or (None) no more; where a code is given it must be the secret's."""
    if secret is not None and code is not None and not _shows(secret, code):
        raise UsageError(
            "codes: that is not the code shown now - check the clock of the telephone, take the next one"
        )
    with register.writing() as connection:
        account = _one(accounts.find(connection, name), name)
        values = {"totp": secret, "counter": 0}
        accounts.change(
            connection, account, values, "codes", at=_now(), by=by, codes="on" if secret else "off"
        )


def _shows(secret: str, code: str) -> bool:
    try:
        return pyotp.TOTP(secret).verify(code.strip(), valid_window=1)
    except ValueError:  # no secret of ours
        return False


def _one(account: Account | None, name: str) -> Account:
    if account is None:
        raise UsageError(f"users: no '{name}' - see them with: tollbook users list")
    return account


def _now(later: timedelta = timedelta()) -> str:
    return written(datetime.now(UTC) + later)


def sign_in(register: Register, name: str, password: str, code: str, where: str) -> Admitted | Refused:
    """Let somebody in by name, password and (where the account asks) one-time code, or say why not.

    `where` is the address asked from. A wrong name, password or code is the same answer and takes as long. One call after the
    other, so that no two guesses are looked at before the first is counted.
    """
    name = name.strip().casefold()[:200]
    keys = {"pair": f"pair {name} {where}", "from": f"from {where}", "name": f"name {name}"}
    with register.reading() as connection:
        wait = max((u for _, _, u in accounts.failures(connection, list(keys.values())).values()), default="")
        account = accounts.find(connection, name)
    if wait > _now():
        return Refused("wait", _seconds(wait))
    right = _holds(account.password if account else _nobody(), password)
    if account is None or not right:
        return _wrong(register, keys)
    if account.totp is not None and not code.strip():
        return Refused("code")
    with register.writing() as connection:
        used = account.totp is None or _code_holds(account, code)
        if used and (account.totp is None or accounts.stepped(connection, account.n, used)):
            accounts.forgiven(connection, [keys["pair"]])
            accounts.sweep(connection, _now())
            if _hasher().check_needs_rehash(account.password):
                accounts.change(
                    connection, account, {"password": _hash(password)}, "rehash", at=_now(), by=account.name
                )
            return _begun(connection, account)
    return _wrong(register, keys)


def confirm_password(register: Register, account: Account, password: str, where: str) -> bool:
    """Tell whether somebody who is in knows the account's password, as is asked before what matters; wrong ones are counted."""
    keys = {"pair": f"pair {account.name} {where}", "from": f"from {where}", "name": f"name {account.name}"}
    with register.reading() as connection:
        wait = max((u for _, _, u in accounts.failures(connection, list(keys.values())).values()), default="")
    if wait > _now():
        raise UsageError(f"password: too often wrong - wait {_seconds(wait)} seconds")
    if _holds(account.password, password):
        return True
    _wrong(register, keys)
    return False


def _code_holds(account: Account, code: str) -> int:
    """Return the place in time of a code that holds now, a step before or after; 0 for one that does not."""
    digits = code.replace(" ", "").strip()
    assert account.totp is not None
    totp, step = pyotp.TOTP(account.totp), int(datetime.now(UTC).timestamp()) // _STEP
    for one in (step, step - 1, step + 1):
        if secrets.compare_digest(totp.at(one * _STEP).encode(), digits.encode("utf-8", "replace")):
            return one
    return 0


def _begun(connection: Connection, account: Account) -> Admitted:
    word = secrets.token_urlsafe(32)
    session = Session(
        _digest(word), secrets.token_hex(6), "session", account.n, "", "", secrets.token_urlsafe(32), _now(), _now(),
        _now(IDLE),
    )  # fmt: skip
    accounts.begin(connection, session)
    return Admitted(account, session, word)


def _wrong(register: Register, keys: dict[str, str]) -> Refused:
    """Count a wrong word against the pair, the address and the name; each waits twice as long every time beyond its free ones."""
    longest = 0
    with register.writing() as connection:
        had = accounts.failures(connection, list(keys.values()))
        for kind, key in keys.items():
            number, last, _ = had.get(key, (0, "", ""))
            number = 1 if last < _now(-timedelta(days=1)) else number + 1
            over = number - _FREE[kind]
            wait = min(_MOST_WAIT, _FIRST * 2 ** min(over, 20)) if over >= 0 else 0
            accounts.failed(connection, key, number, _now(), _now(timedelta(seconds=wait)))
            longest = max(longest, wait)
    return Refused("wait", longest) if longest else Refused("wrong")


def _seconds(until: str) -> int:
    return max(1, int((datetime.fromisoformat(until) - datetime.now(UTC)).total_seconds()) + 1)


def known(register: Register, word: str, kind: str) -> Admitted | None:
    """Return who shows a session's or key's word; None where it is none, has expired or was ended."""
    digest, at = _digest(word), _now()
    with register.reading() as connection:
        found = accounts.known(connection, digest, at)
    if found is None or found[0].kind != kind:
        return None
    session, account = found
    if session.used < _now(-_TOUCH):
        expires = session.expires
        if kind == "session":
            last = datetime.fromisoformat(session.made) + LONGEST
            expires = min(written(last), _now(IDLE))
        with register.writing() as connection:
            accounts.used(connection, digest, at, expires)
    return Admitted(account, session)


def new_key(
    register: Register, account: Account, label: str, scopes: list[str], days: int, *, by: str
) -> str:
    """Make a key for a program and return it, the only time it can be seen."""
    label = label.strip()
    if not label or len(label) > 100:
        raise UsageError("keys: what is it for? - give up to 100 letters")
    if not 1 <= days <= KEY_DAYS:
        raise UsageError(f"keys: for how many days? - from 1 to {KEY_DAYS}")
    word, at = f"tb_{secrets.token_urlsafe(32)}", _now()
    session = Session(
        _digest(word), secrets.token_hex(6), "key", account.n, label, " ".join(scopes), "", at, at,
        _now(timedelta(days=days)),
    )  # fmt: skip
    with register.writing() as connection:
        accounts.begin(connection, session)
        detail = {"did": "key", "id": session.id, "scopes": scopes, "days": days}
        accounts.told(connection, account.name, detail, at=at, by=by)
    return word


def sessions_of(register: Register, account: Account) -> list[Session]:
    """Return the sessions and keys of an account that hold, the newest first."""
    with register.reading() as connection:
        return accounts.sessions_of(connection, account.n, _now())


def end_sessions(register: Register, name: str, *, by: str, id: str | None = None, but: str = "") -> int:
    """End one session or key of an account by its id, or all but the one of a digest; return how many ended."""
    with register.writing() as connection:
        account = _one(accounts.find(connection, name), name)
        ended = accounts.end(connection, account.n, id=id, but=but)
        if ended:
            detail = {"did": "end", "sessions": ended, **({"id": id} if id else {})}
            accounts.told(connection, account.name, detail, at=_now(), by=by)
    return ended


__all__ = [
    "IDLE", "KEY_DAYS", "LONGEST", "ROLES", "Account", "Admitted", "Refused", "Session", "add_account", "address_of",
    "confirm_password", "end_sessions", "has_accounts", "known", "new_key", "new_secret", "people", "remove_account",
    "sessions_of", "set_codes", "set_password", "set_role", "sign_in",
]  # fmt: skip
