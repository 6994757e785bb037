"""cli: arguments in, one desk call, lines out."""

import gc
from importlib import import_module
from keyword import iskeyword

import click

from tollbook import __version__

_OBJECTS = 50_000  # new ones before cycles are searched for again; Python's own number is 700

# command -> the module that holds it, in the order of --help; a module is loaded when one of its commands is asked for
_ROOMS = {
    "read": "reading",
    "example": "reading",
    "explain": "reading",
    "watch": "gathering",
    "add": "record",
    "incidents": "record",
    "show": "record",
    "toll": "record",
    "search": "record",
    "origins": "record",
    "conflicts": "record",
    "history": "record",
    "told": "record",
    "report": "record",
    "decisions": "record",
    "merge": "record",
    "split": "record",
    "undo": "record",
    "verify": "record",
    "upgrade": "record",
    "reread": "rereading",
    "serve": "serving",
    "brief": "publishing",
    "export": "publishing",
    "site": "publishing",
    "import": "publishing",
    "compare": "publishing",
    "methodology": "publishing",
    "restore": "publishing",
    "users": "users",
    "places": "knowledge",
    "lang": "knowledge",
    "people": "people",
    "estimate": "estimating",
}


def _name_of(command: str) -> str:
    """Return the name of a command's function; a word of the language itself ends with an underscore."""
    name = command.replace("-", "_")
    return f"{name}_" if iskeyword(name) else name


class _Lazy(click.Group):
    """A group whose commands are loaded when they are asked for, so that no command waits for another's imports."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_ROOMS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        room = _ROOMS.get(cmd_name)
        if room is None:
            return None
        command = getattr(import_module(f"{__name__}.{room}"), _name_of(cmd_name))
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="tollbook")
def main() -> None:
    """Read reports of killing and harm, and keep every figure with the words that state it.

    \b
    Try:  tollbook example                 read a bundled report
          tollbook read report.txt         read your own
          tollbook read folder --json      every report below a folder, one JSON object a line
          tollbook add folder              keep them in a register
          tollbook incidents               what they tell, and how many it adds up to
    """
    # what a reader compiles at its start is no garbage: to look through it again and again is a tenth of a start
    gc.set_threshold(_OBJECTS)
