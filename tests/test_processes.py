"""Is work done by several processes what it would be if it were done here, and never by unsound copies?"""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from policy_tools.processes import Processes, can_fork

ROOT = Path(__file__).parents[1]


def describe(number: int) -> tuple[int, int]:
    if number < 0:
        raise ValueError("less than nothing")
    return number * 2, os.getpid()


ASK_FIVE = """
from tests.test_processes import Processes, describe
with Processes() as processes:
    pending = [processes.begin(describe, number) for number in range(5)]
    print(*[value for result in pending for value in result()])
"""


def test_results_come_from_other_processes() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", ASK_FIVE], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as asked:
        said, _ = asked.communicate()
    values = list(map(int, said.split()))
    assert values[::2] == [0, 2, 4, 6, 8]
    forks = sys.platform == "linux" and (os.cpu_count() or 1) > 1
    assert (asked.pid not in values[1::2]) == forks  # elsewhere the work is done here


def test_a_fault_is_raised_where_the_result_is_asked_for() -> None:
    with Processes() as processes:
        pending = processes.begin(describe, -1)
        with pytest.raises(ValueError, match="less than nothing"):
            pending()


def test_beside_another_thread_the_work_is_done_here() -> None:
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    try:
        assert not can_fork()
        with Processes() as processes:
            assert processes.begin(describe, 1)() == (2, os.getpid())
    finally:
        ended.set()
        thread.join()
