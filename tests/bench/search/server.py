"""Serves a folder as a host would, counts every byte, and can be as slow as a telephone in a train."""

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

TYPES = {".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".css": "text/css"}


@dataclass
class Line:
    """A line to a reader: seconds until a request is answered, bytes a second for all (0: no limit)."""

    latency: float = 0.0
    rate: float = 0.0
    sent: int = 0
    requests: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0

    def send(self, size: int) -> None:
        """Counts the bytes, and waits as long as the line would take for them."""
        with self.lock:
            self.sent += size
            self.requests += 1
            now = time.monotonic()
            self.free_at = max(self.free_at, now + self.latency) + (size / self.rate if self.rate else 0)
            until = self.free_at if self.rate else now + self.latency
        time.sleep(max(0.0, until - now))


SLOW = (0.15, 200_000.0)
"""Slow 4G: 150 ms, 1.6 Mbit/s."""


@cache
def _read(path: Path) -> tuple[bytes, bool]:
    data = path.read_bytes()
    return (gzip.compress(data, 9), True) if path.suffix in TYPES else (data, False)


@contextmanager
def serve(folder: Path) -> Iterator[tuple[str, Line]]:
    """The address of the folder, and its line, which may be changed while it serves."""
    line = Line()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # as hosts do: else every second answer of a connection waits 40 ms

        def do_GET(self) -> None:
            path = folder / self.path.partition("?")[0].lstrip("/")
            path = path / "index.html" if path.is_dir() else path
            if not path.is_file():
                self.send_error(404)
                return
            data, is_packed = _read(path)
            line.send(len(data) + 250)
            self.send_response(200)
            self.send_header("Content-Type", TYPES.get(path.suffix, "application/octet-stream"))
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "max-age=600")
            self.send_header("Cross-Origin-Opener-Policy", "same-origin")
            self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
            if is_packed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name that is overridden
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", line
        server.shutdown()
