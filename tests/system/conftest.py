"""The demonstration, built once by the real command; a server that shows it; a browser that looks at it."""

import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from policy_tools.load.library import load_library
from policy_tools.load.site import load_site
from policy_tools.model.library import Library, PublicLibrary
from policy_tools.pipeline.prepare import Prepared, prepare_edition
from policy_tools.store import Store

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The built site, and what it was built from."""

    root: Path
    output: Path
    library: Library
    public: PublicLibrary
    prepared: Prepared

    def files(self, suffix: str) -> list[Path]:
        """The built files of one kind, sorted."""
        return sorted(self.output.rglob(f"*{suffix}"))

    def address(self, path: Path) -> str:
        """Where a built file stands, relative to the site's root."""
        return path.relative_to(self.output).as_posix()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """Built by the first of the test run's processes that needs it; the others wait and use the same."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    output = shared / "demonstration"
    with (shared / "demonstration.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (output / "manifest.json").is_file():
            _build(output)
    site = load_site(ROOT, "publishconf.py")
    with Store(site.cache / "made.sqlite") as store:
        library = load_library(site, store)
        prepared = prepare_edition(site, store, now=NOW)
    return Demonstration(ROOT, output, library, prepared.clearance.library, prepared)


def _build(output: Path) -> None:
    command = [sys.executable, "-m", "policy_tools", "build", str(ROOT)]
    command += ["--output", str(output), "--now", NOW.isoformat()]
    run = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert run.returncode == 0, run.stderr


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that is overridden
        """Say nothing."""


@pytest.fixture(scope="session")
def site_url(demonstration: Demonstration) -> Iterator[str]:
    """The address of the built site on this machine, without a closing slash."""
    handler = partial(QuietHandler, directory=str(demonstration.output))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
