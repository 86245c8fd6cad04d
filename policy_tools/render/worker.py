"""One pandoc that stays: how is it asked, bounded, and replaced when it fails?

`Worker.ask` sends a request as one line of JSON to `pandoc lua worker.lua` and waits for one line back. A
request that takes too long, crashes pandoc or needs too much memory costs that request and nothing else:
the process is ended and the next request starts another.
"""

import contextlib
import json
import os
import resource
import selectors
import subprocess
import tempfile
import time
from collections.abc import Mapping
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import IO, Any, Self

FILTERS = Path(__file__).with_name("filters")
_SCRIPT = Path(__file__).with_name("worker.lua")
_CHUNK = 1 << 16

Answer = dict[str, Any]


class WorkerError(Exception):
    """A request had no answer; the message says why, in words for the author of the paper."""


class WorkerTimeoutError(WorkerError):
    """A request took longer than it may."""


@cache
def pandoc_path() -> str:
    """The pandoc that came with the package, not one that happens to be installed.

    pypandoc itself would ask every pandoc it finds for its version, which takes a seventh of a second.
    """
    return str(distribution("pypandoc-binary").locate_file("pypandoc/files/pandoc"))


@cache
def pandoc_version() -> str:
    """That of its package, such as "1.17", which holds one pandoc: for the digest of what pandoc makes."""
    return distribution("pypandoc-binary").version


class Worker:
    """A pandoc process, started when first asked and replaced after `requests` answers.

    Each answer leaves some 0.4 MB behind in it, hence the replacing. `memory` bounds its heap in bytes.
    Not safe for several threads at once: a `Pool` gives each its own.
    """

    def __init__(self, *, memory: int = 1_500_000_000, requests: int = 100) -> None:
        self._memory = memory
        self._requests = requests
        self.processes_started = 0
        self._answered = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._rest = b""

    def ask(self, request: Mapping[str, Any], seconds: float) -> Answer:
        """The answer, or `WorkerError` after which the worker is as new."""
        process = self._process or self._start()
        line = json.dumps(request, ensure_ascii=False).encode() + b"\n"
        try:
            answer: Answer = json.loads(self._exchange(process, line, time.monotonic() + seconds))
        except WorkerError:
            self.close()
            raise
        self._answered += 1
        if self._answered >= self._requests:
            self.close()
        if "error" in answer:
            raise WorkerError(_first_line(str(answer["error"])))
        return answer

    def dismiss(self) -> None:
        """Have the process end, which takes a moment; `close` waits until it has."""
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End the process, at once."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, self._errors):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _start(self) -> subprocess.Popen[bytes]:
        self._answered, self._rest = 0, b""
        self.processes_started += 1
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        heap = f"-M{self._memory // 1_000_000}m"
        command = [pandoc_path(), "+RTS", heap, "-RTS", "lua", str(_SCRIPT), str(FILTERS)]
        self._process = subprocess.Popen(  # noqa: S603 - our own program and file
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={"LANG": "C.UTF-8", "PATH": os.defpath},
            cwd=FILTERS,
        )
        self._limit(self._process.pid)
        for stream in (self._process.stdin, self._process.stdout):
            assert stream is not None  # noqa: S101 - asked for above
            os.set_blocking(stream.fileno(), False)
        return self._process

    def _limit(self, pid: int) -> None:
        """A second fence behind pandoc's own heap limit, where the system has one."""
        if hasattr(resource, "prlimit"):
            with contextlib.suppress(OSError):
                resource.prlimit(pid, resource.RLIMIT_DATA, (2 * self._memory, 2 * self._memory))
                resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))

    def _exchange(self, process: subprocess.Popen[bytes], line: bytes, deadline: float) -> bytes:
        """Write the line and read the answer, whichever the process is ready for."""
        assert process.stdin is not None  # noqa: S101 - asked for in _start
        assert process.stdout is not None  # noqa: S101
        unsent = memoryview(line)
        received = [self._rest]
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdin, selectors.EVENT_WRITE)
            selector.register(process.stdout, selectors.EVENT_READ)
            while True:
                ready = selector.select(max(0.0, deadline - time.monotonic()))
                if not ready or time.monotonic() > deadline:
                    raise WorkerTimeoutError("It took too long to render.")
                for key, _ in ready:
                    if key.fileobj is process.stdin:
                        unsent = unsent[self._send(process.stdin, unsent) :]
                        if not unsent:
                            selector.unregister(process.stdin)
                        continue
                    chunk = os.read(process.stdout.fileno(), _CHUNK)
                    if not chunk:
                        raise WorkerError(self._last_words(process))
                    received.append(chunk)
                    if b"\n" in chunk:
                        answer, _, self._rest = b"".join(received).partition(b"\n")
                        return answer

    def _send(self, stdin: IO[bytes], data: memoryview) -> int:
        try:
            return os.write(stdin.fileno(), data[:_CHUNK])
        except BrokenPipeError:
            return len(data)  # the end of its output says the rest

    def _last_words(self, process: subprocess.Popen[bytes]) -> str:
        process.wait()
        if self._errors is None:
            return ""
        self._errors.seek(0)
        words = self._errors.read().decode(errors="replace").strip()
        if "heap" in words.lower() or "memory" in words.lower():
            return "It needs more memory than a paper may take."
        return _first_line(words) or f"pandoc ended with code {process.returncode}."


def _first_line(text: str) -> str:
    """The first line of an error, without the place in our own filters and without Lua's trace."""
    line = text.strip().splitlines()[0] if text.strip() else ""
    return line.removeprefix("Error running Lua: ")
