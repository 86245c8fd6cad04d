"""What does one command cost, as the kernel counts it?"""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock and on processors, children included; `memory` of the largest process in MB."""

    wall: float
    processor: float
    memory: float


def measure(command: Sequence[str | Path], *, cwd: Path | None = None, on_one_core: bool = False) -> Cost:
    """Run a command to its end; a failure raises with what it said.

    Two cores may be halves of one, and slow each other: `on_one_core` keeps everything to the first.
    """
    if on_one_core:
        command = ["taskset", "--cpu-list", "0", *command]
    before = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    said = process.stderr.read().decode() if process.stderr else ""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - before
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}: {said[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
