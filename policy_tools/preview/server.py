"""A web server on this machine that shows a folder and tells open pages when to reload.

Standing files are never changed: the script that listens for changes is added to pages on their way out.
"""

import json
import threading
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

RELOAD_SCRIPT = Path(__file__).with_name("reload.js")
_EVENTS = "/-/events"
_SCRIPT = "/-/reload.js"
_TAG = f'<script src="{_SCRIPT}" defer></script></body>'.encode()
_HEARTBEAT_SECONDS = 15.0
_OWN_NAMES = {"127.0.0.1", "localhost"}


class Announcer:
    """The newest message to all open pages, each with a rising number."""

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._number = 0
        self._message = "{}"

    def announce(self, problems: list[str]) -> None:
        """Tell every open page that the site was built again, with what is wrong."""
        with self._news:
            self._number += 1
            self._message = json.dumps({"build": self._number, "problems": problems})
            self._news.notify_all()

    def wait(self, after: int) -> tuple[int, str]:
        """The number and text of the first message after a number, or the last one when time is up."""
        with self._news:
            self._news.wait_for(lambda: self._number > after, timeout=_HEARTBEAT_SECONDS)
            return self._number, self._message


class _Handler(SimpleHTTPRequestHandler):
    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".atom": "application/atom+xml",
        ".bib": "text/plain; charset=utf-8",
        ".epub": "application/epub+zip",
        ".ris": "text/plain; charset=utf-8",
        ".woff2": "font/woff2",
    }

    def __init__(self, *args: object, announcer: Announcer, directory: str) -> None:
        self._announcer = announcer
        super().__init__(*args, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if not self._is_meant_for_us():
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif self.path == _EVENTS:
            self._stream_events()
        elif self.path == _SCRIPT:
            self._send(RELOAD_SCRIPT.read_bytes(), "text/javascript; charset=utf-8")
        else:
            super().do_GET()

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer with the file, and add the reload script to pages."""
        path = Path(self.translate_path(self.path))
        page = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if page.suffix != ".html" or not page.is_file():
            return super().send_head()
        content = page.read_bytes().replace(b"</body>", _TAG)
        self._send_headers(len(content), "text/html; charset=utf-8")
        return BytesIO(content)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        missing = Path(self.directory) / "404.html"
        if code == HTTPStatus.NOT_FOUND and missing.is_file():
            content = missing.read_bytes()
            self._send_headers(len(content), "text/html; charset=utf-8", HTTPStatus.NOT_FOUND)
            if self.command != "HEAD":
                self.wfile.write(content)
        else:
            super().send_error(code, message, explain)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing: the terminal is for problems."""

    def _is_meant_for_us(self) -> bool:
        """Whether the browser was led here by our own address: a foreign name may not read drafts."""
        return self.headers.get("Host", "").rpartition(":")[0] in _OWN_NAMES

    def _stream_events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen = 0
        try:
            while True:
                number, message = self._announcer.wait(seen)
                line = f"data: {message}\n\n" if number > seen else ": still here\n\n"
                self.wfile.write(line.encode())
                self.wfile.flush()
                seen = number
        except (BrokenPipeError, ConnectionError):
            return

    def _send(self, content: bytes, media_type: str) -> None:
        self._send_headers(len(content), media_type)
        self.wfile.write(content)

    def _send_headers(self, length: int, media_type: str, status: int = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(length))
        self.end_headers()


def start_server(folder: Path, announcer: Announcer, port: int) -> ThreadingHTTPServer:
    """Serve a folder on 127.0.0.1 from a thread of its own; port 0 takes any that is free."""
    handler = partial(_Handler, announcer=announcer, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
