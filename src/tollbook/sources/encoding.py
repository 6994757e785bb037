"""encoding: the body of an HTTP answer as it passed -> its bytes, unchunked and unpacked within a limit."""

import zlib
from collections.abc import Callable
from typing import Any

from tollbook.errors import SourceError

_MOST_LAYERS = 3


def body_of(raw: bytes, headers: dict[str, str], most: int) -> bytes:
    """Undo transfer and content encodings (chunked, gzip, deflate, br); SourceError where they are broken or a bomb.

    Archives differ in whether they kept the encodings that their headers name: what does not look encoded is taken as
    it is.
    """
    if "chunked" in headers.get("transfer-encoding", "").lower():
        raw = _unchunked(raw)
    layers = [word.strip().lower() for word in headers.get("content-encoding", "").split(",") if word.strip()]
    if len(layers) > _MOST_LAYERS:
        raise SourceError(f"encoded {len(layers)} times over - refused as a bomb")
    for layer in reversed(layers):
        raw = _decoded(raw, layer, most)
    return raw


def _unchunked(raw: bytes) -> bytes:
    """Join chunks; bytes that are no chunks are returned as they are."""
    out, place = bytearray(), 0
    while place < len(raw):
        end = raw.find(b"\r\n", place, place + 200)
        try:
            size = int(raw[place:end].partition(b";")[0].strip(), 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return raw if place == 0 else bytes(out)
        if size == 0:
            break
        out += raw[end + 2 : end + 2 + size]
        place = end + 2 + size + 2
    return bytes(out)


def _decoded(raw: bytes, layer: str, most: int) -> bytes:
    if layer in ("gzip", "x-gzip"):
        return _inflated(raw, 31, most) if raw.startswith(b"\x1f\x8b") else raw
    if layer == "deflate":
        zlib_head = len(raw) > 1 and raw[0] & 15 == 8 and (raw[0] * 256 + raw[1]) % 31 == 0
        return _inflated(raw, 15 if zlib_head else -15, most)
    if layer == "br":
        return _unbrotlied(raw, most)
    if layer in ("identity", "none", "utf-8", ""):
        return raw
    raise SourceError(f"encoded as '{layer[:20]}', which is not known - keep the archive without it")


def _inflated(raw: bytes, bits: int, most: int) -> bytes:
    unpack = zlib.decompressobj(bits)
    try:
        data = unpack.decompress(raw, most + 1)
    except zlib.error as problem:
        raise SourceError(f"its encoding is broken: {problem}") from problem
    return _within(data, most)


def _unbrotlied(raw: bytes, most: int) -> bytes:
    try:
        import brotli  # noqa: PLC0415  # only what is encoded so pays for it
    except ImportError as problem:
        raise SourceError("encoded as br - install the package brotli") from problem
    unpack: Any = brotli.Decompressor()
    process: Callable[..., bytes] = unpack.process
    out = bytearray()
    try:
        out += process(raw, output_buffer_limit=1_000_000)
        while len(out) <= most and not unpack.can_accept_more_data() and not unpack.is_finished():
            out += process(b"", output_buffer_limit=1_000_000)
    except brotli.error as problem:
        raise SourceError(f"its encoding is broken: {problem}") from problem
    return _within(bytes(out), most)


def _within(data: bytes, most: int) -> bytes:
    if len(data) > most:
        raise SourceError(f"larger than {most / 1e6:,.0f} MB unpacked - give --max-size to allow it")
    return data
