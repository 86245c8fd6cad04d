"""Several pandocs at once: who works on which request, and in what order do the answers come?"""

import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Self, TypeVar

from policy_tools.render.worker import Answer, Worker

Item = TypeVar("Item")
Result = TypeVar("Result")


class Pool:
    """`size` workers, each led by a thread that waits for it. Shaped like `concurrent.futures.Executor`."""

    def __init__(self, size: int, *, memory: int = 1_500_000_000) -> None:
        self.size = max(1, size)
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._workers = [Worker(memory=memory) for _ in range(self.size)]
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(self.size, thread_name_prefix="pandoc")

    @property
    def processes_started(self) -> int:
        """How often a pandoc was started, replacements included."""
        return sum(worker.processes_started for worker in self._workers)

    def ask(self, request: Mapping[str, Any], seconds: float) -> Answer:
        """What a worker answers; waits for one that is idle. May be called from any thread."""
        worker = self._idle.get()
        try:
            return worker.ask(request, seconds)
        finally:
            self._idle.put(worker)

    def submit(self, work: Callable[..., Result], /, *args: object) -> Future[Result]:
        """Run `work` in one of the threads."""
        return self._threads.submit(work, *args)

    def map(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """`work` of each item, in the order of the items; never far ahead of who reads the results."""
        waiting: deque[Future[Result]] = deque()
        for item in items:
            waiting.append(self.submit(work, item))
            if len(waiting) > 2 * self.size:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def dismiss(self) -> None:
        """Have the workers end, for whom there is nothing left to do; `close` waits until they have."""
        for worker in self._workers:
            worker.dismiss()

    def close(self) -> None:
        """End the threads and the workers. Work that has not begun is dropped."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._workers:
            worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
