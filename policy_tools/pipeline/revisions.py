"""What stood in the site's folder at an earlier revision of its Git repository?"""

import io
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from policy_tools.model.problem import CannotRunError

_SECONDS = 60
_ENVIRONMENT = {
    "PATH": os.environ.get("PATH", os.defpath),
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_CONFIG_NOSYSTEM": "1",
    "LC_ALL": "C.UTF-8",
}


class RevisionError(CannotRunError):
    """A revision cannot be had; the message says why."""


@contextmanager
def check_out(root: Path, revision: str) -> Iterator[Path]:
    """The folder as it stood at a revision, in another that is gone afterwards. No network is used.

    It comes as ZIP, which Python unpacks without links and into no other folder; of tar, early releases of
    3.11 do not promise that.
    """
    name = f"{revision}^{{commit}}"
    commit = _ask_git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().strip()
    archive = _ask_git(root, "archive", "--format=zip", commit)
    with TemporaryDirectory(prefix="policy-revision-") as folder:
        try:
            with ZipFile(io.BytesIO(archive)) as packed:
                packed.extractall(folder)
        except (BadZipFile, OSError) as error:
            raise RevisionError(f'The revision "{revision}" cannot be unpacked: {error}.') from error
        yield Path(folder).resolve()


def _ask_git(root: Path, *arguments: str) -> bytes:
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - the words are arguments, never a command
            command, capture_output=True, check=False, timeout=_SECONDS, env=_ENVIRONMENT
        )
    except FileNotFoundError as error:
        raise RevisionError("Git is not installed, so that no revision can be had.") from error
    except subprocess.TimeoutExpired as error:
        raise RevisionError(f"Git took longer than {_SECONDS} seconds.") from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip() or "there is no such revision"
        raise RevisionError(f"Git has no answer: {reason}.")
    return done.stdout
