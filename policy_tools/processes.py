"""How is long work in Python done by several processors at once?

By copies of this process (fork), which know all that it knows and are gone when the work is done. Where that
is not sensible, the work is done here, when its result is asked for: what comes of it is the same.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Self, TypeVar

Result = TypeVar("Result")


class Processes:
    """As many processes as there are processors, or `count`; started by the first work begun in them."""

    def __init__(self, count: int | None = None) -> None:
        self._count = count
        self._executor: ProcessPoolExecutor | None = None

    @property
    def are_running(self) -> bool:
        """Whether what is begun is done elsewhere, and at once."""
        return self._executor is not None

    def begin(self, work: Callable[..., Result], *arguments: object) -> Callable[[], Result]:
        """Begin `work`, a function of a module, and give what waits for its result; ask for it once."""
        if self._executor is None and can_fork():
            self._executor = _start(self._count)
        if self._executor is None:
            return lambda: work(*arguments)
        return self._executor.submit(work, *arguments).result

    def close(self) -> None:
        """End the processes. Work that has not begun is dropped."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def can_fork() -> bool:
    """Whether copies of this process would be sound, and of use.

    A thread may hold a lock that its copy would wait for in vain; on macOS the system's own libraries run
    threads.
    """
    return sys.platform == "linux" and (os.cpu_count() or 1) > 1 and threading.active_count() == 1


def _start(count: int | None) -> ProcessPoolExecutor | None:
    """The processes; None on a system without semaphores, as some hosts of functions are."""
    try:
        return ProcessPoolExecutor(
            count,
            mp_context=get_context("fork"),
            initializer=signal.signal,
            initargs=(signal.SIGINT, signal.SIG_IGN),  # Ctrl-C is for the process that waits for them
        )
    except (OSError, NotImplementedError):
        return None
