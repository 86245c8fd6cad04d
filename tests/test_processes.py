"""Is work done by several processes what it would be if it were done here, and never by unsound copies?"""

import os
import sys
import threading

import pytest

from policy_tools.processes import Processes, can_fork

needs_fork = pytest.mark.skipif(sys.platform != "linux" or os.cpu_count() == 1, reason="work is done here")


def describe(number: int) -> tuple[int, int]:
    if number < 0:
        raise ValueError("less than nothing")
    return number * 2, os.getpid()


@needs_fork
def test_results_come_from_other_processes() -> None:
    with Processes() as processes:
        pending = [processes.begin(describe, number) for number in range(5)]
        results = [result() for result in pending]
    assert [number for number, _ in results] == [0, 2, 4, 6, 8]
    assert os.getpid() not in {process for _, process in results}


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
