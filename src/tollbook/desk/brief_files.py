"""brief_files: Brief -> the file of a form, and beside it the manifest that vouches for it."""

from collections.abc import Callable
from pathlib import Path

from tollbook.desk.folders import write_file
from tollbook.desk.manifests import file_of, write_manifest
from tollbook.errors import UsageError
from tollbook.model.brief import Brief
from tollbook.writers.brief_docx import brief_docx
from tollbook.writers.brief_html import brief_html
from tollbook.writers.brief_markdown import brief_markdown
from tollbook.writers.brief_pdf import brief_pdf

FORMS: dict[str, Callable[[Brief], str | bytes]] = {
    "md": brief_markdown, "html": brief_html, "pdf": brief_pdf, "docx": brief_docx,
}  # fmt: skip


def brief_bytes(made: Brief, form: str) -> bytes:
    """Return a brief in a form (md, html, pdf, docx); UsageError where there is none of that name."""
    if form not in FORMS:
        raise UsageError(f"--format: '{form}' is none - there are: {', '.join(FORMS)}")
    data = FORMS[form](made)
    return data.encode() if isinstance(data, str) else data


def write_brief(made: Brief, form: str, out: Path) -> Path:
    """Write a brief to a file, and its manifest beside it; return where the manifest is.

    The manifest has what those of exports have (program, rules, moment, log, question, what is withheld, SHA-256 of the file),
    the incidents, how many citations there are, and each report cited with the digest of its capture.
    Raises UsageError where the file cannot be written.
    """
    write_file(out, brief_bytes(made, form))
    beside = out.with_name(f"{out.name}.manifest.json")
    assert made.edition is not None  # every brief that is made of a dossier has one
    reports = [
        {"report": s.report, "publisher": s.publisher, "published": s.published, "captured": s.captured, "sha256": s.original}
        for s in made.sources
    ]  # fmt: skip
    more = {"title": made.title, "form": form, "incidents": list(made.incidents), "citations": len(made.citations),
            "reports": reports}  # fmt: skip
    write_manifest(beside, made.edition, [file_of(out, out.name)], more)
    return beside


__all__ = ["FORMS", "brief_bytes", "write_brief"]
