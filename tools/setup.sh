# Sourced by demo, check and .ci/run: makes a virtual environment and fills it from a lock.
# shellcheck shell=sh

tell() { printf '%s\n' "$*" >&2; }

# as_root COMMAND...: run a command as root where that is permitted without asking; fail where it is not.
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then sudo -n "$@"
    else return 1
    fi
}

# apt_get PACKAGE...: install Debian packages where that is permitted; fail where it is not.
apt_get() {
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return
    as_root apt-get update -qq >/dev/null 2>&1 || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1
}

# find_python: print a Python of 3.11 or later.
find_python() {
    for python in ${PYTHON:-} python3 python3.11 python3.12 python3.13 python3.14; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$python"
            return
        fi
    done
    tell "no Python 3.11 or later found - install one (Debian: apt-get install python3 python3-venv), or set PYTHON=/path/to/python3"
    return 1
}

# make_venv FOLDER: make a virtual environment with pip, by whatever this machine has for it.
make_venv() {
    if [ -x "$1/bin/pip" ] && "$1/bin/python" -c '' 2>/dev/null; then return; fi
    python=$(find_python) || return 1
    "$python" -m venv "$1" >/dev/null 2>&1 && return
    rm -rf "$1"
    if command -v virtualenv >/dev/null 2>&1 && virtualenv -q -p "$python" "$1"; then return; fi
    if command -v uv >/dev/null 2>&1 && uv venv -q --seed -p "$python" "$1"; then return; fi
    "$python" -m venv --without-pip "$1" >/dev/null 2>&1 && "$python" tools/bootstrap_pip.py "$1" && return
    rm -rf "$1"
    tell "Python's venv module is incomplete here; trying to install Debian's python3-venv ..."
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    { apt_get "python$version-venv" || apt_get python3-venv; } && "$python" -m venv "$1" && return
    rm -rf "$1"
    tell "cannot make a virtual environment - install python3-venv first: sudo apt-get install python3-venv - then start again"
    return 1
}

# fill_venv FOLDER LOCK: install the packages of a lock and Tollbook itself; nothing when that is done already.
# With TOLLBOOK_COMPILE=1 its reader becomes machine code where that can be made here; else, and where not, it is the source.
fill_venv() {
    mark=$(cat "$2" pyproject.toml src/tollbook/__init__.py | cksum)" $PWD"
    if [ "${TOLLBOOK_COMPILE:-0}" != 0 ]; then
        mark="$mark compiled from $(find src -type f ! -name '*.pyc' | LC_ALL=C sort | xargs cat | cksum)"
    fi
    if [ "$(cat "$1/.tollbook" 2>/dev/null)" = "$mark" ]; then return; fi
    tell "installing into $1 (once; a minute or so) ..."
    "$1/bin/python" -m pip install -qq --disable-pip-version-check --no-deps -r "$2" || return 1  # a lock names all
    install_tollbook "$1" || return 1
    printf '%s\n' "$mark" >"$1/.tollbook"
}

# can_compile PYTHON: tell whether the C compiler and the headers that this Python asks for are here.
can_compile() {
    "$1" -c 'import os, shutil, sys, sysconfig
compiler = (os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc").split()[0]
headers = os.path.join(sysconfig.get_path("include"), "Python.h")
sys.exit(not (shutil.which(compiler) and os.path.exists(headers)))'
}

# install_tollbook FOLDER: install Tollbook alone, compiled if TOLLBOOK_COMPILE asks for it and it can be.
install_tollbook() {
    if [ "${TOLLBOOK_COMPILE:-0}" != 0 ]; then
        if can_compile "$1/bin/python"; then
            tell "compiling the reader (once; five minutes or more) ..."
            "$1/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --force-reinstall . >"$1/compiling.log" 2>&1 && return
            tell "not compiled: $1/compiling.log says why"
        else
            tell "not compiled: no C compiler or no headers of Python here (Debian: apt-get install gcc python3-dev)"
        fi
        tell "going on with the source, which reads the same, more slowly"
    fi
    TOLLBOOK_COMPILE=0 "$1/bin/python" -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
}
