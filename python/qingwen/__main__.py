"""The command: ``python -m qingwen`` is ``qingwen``."""

import sys

from ._qingwen import main as run


def main() -> None:
    """Runs the command line of this process."""
    sys.exit(run(["qingwen", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
