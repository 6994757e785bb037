"""python -m tollbook: the command, where it is not on the path."""

from tollbook.cli import main

if __name__ == "__main__":
    main(prog_name="tollbook")
