"""Put pip into a virtual environment where Python came without it: python tools/bootstrap_pip.py FOLDER

Debian parts ensurepip from python3; only root may install it. Here pip's own wheel is fetched from the index that pip
would use (PIP_INDEX_URL, else PyPI), held against the check sum that the index gives, and installs itself.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path
from urllib.parse import urljoin


def main(folder: str) -> None:
    """Install the newest pip for this Python into the environment in a folder."""
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/") + "/pip/"
    ask = urllib.request.Request(index, headers={"Accept": "application/vnd.pypi.simple.v1+json"})
    with urllib.request.urlopen(ask, timeout=60) as answer:
        files = json.load(answer)["files"]
    wheels = [f for f in files if f["filename"].endswith("-py3-none-any.whl") and not f.get("yanked")]
    finals = [f for f in wheels if all(part.isdigit() for part in _version(f))]
    newest = max(finals, key=lambda f: tuple(int(part) for part in _version(f)))
    with urllib.request.urlopen(urljoin(index, newest["url"]), timeout=120) as answer:
        data = answer.read()
    if hashlib.sha256(data).hexdigest() != newest["hashes"]["sha256"]:
        sys.exit("the pip that came is not the one that the index names - try again")
    with tempfile.TemporaryDirectory() as place:
        wheel = Path(place) / newest["filename"]
        wheel.write_bytes(data)
        python = str(Path(folder) / "bin" / "python")
        subprocess.run([python, f"{wheel}/pip", "install", "-qq", "--no-index", str(wheel)], check=True)


def _version(file: dict[str, str]) -> list[str]:
    return file["filename"].split("-")[1].split(".")


if __name__ == "__main__":
    main(sys.argv[1])
