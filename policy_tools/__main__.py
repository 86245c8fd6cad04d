"""The `policy` command as a process of its own, which ends with the command: `python -m policy_tools` too."""

import gc
import os
import sys


def run() -> None:
    """Run the command. What it leaves in memory is looked through neither on the way nor at the end."""
    gc.disable()  # commands make long-lived values and few cycles: looking for them costs a third of loading
    from policy_tools.cli import main  # noqa: PLC0415 - what it imports is long-lived, too

    code: object = 0
    try:
        main()
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))


if __name__ == "__main__":
    run()
