"""The preview's server shows a folder on this machine, adds the reload script, and tells pages of builds."""

import json
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from policy_tools.preview.server import Announcer, start_server


@pytest.fixture
def announcer() -> Announcer:
    return Announcer()


@pytest.fixture
def port(tmp_path: Path, announcer: Announcer) -> Iterator[int]:
    (tmp_path / "index.html").write_text("<html><body><h1>Home</h1></body></html>")
    (tmp_path / "404.html").write_text("<html><body>No page here</body></html>")
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    server = start_server(tmp_path, announcer, 0)
    yield server.server_port
    server.shutdown()
    server.server_close()


def ask(port: int, path: str, host: str = "127.0.0.1") -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers={"Host": f"{host}:{port}"})
    return connection.getresponse()


def test_pages_carry_the_reload_script_and_files_do_not(port: int) -> None:
    assert b'<script src="/-/reload.js" defer></script></body>' in ask(port, "/").read()
    assert ask(port, "/a.pdf").read() == b"%PDF"
    assert b"EventSource" in ask(port, "/-/reload.js").read()


def test_a_missing_page_is_the_sites_own(port: int) -> None:
    answer = ask(port, "/nowhere/")
    assert answer.status == 404
    assert b"No page here" in answer.read()


def test_a_foreign_name_for_this_machine_gets_nothing(port: int) -> None:
    answer = ask(port, "/", host="evil.example")
    assert answer.status == 421
    assert b"Home" not in answer.read()


def test_open_pages_hear_of_each_build(port: int, announcer: Announcer) -> None:
    answer = ask(port, "/-/events")
    announcer.announce(["content/a.md:1:1: [body.empty] This paper has no text."])
    line = answer.readline().decode()
    news = json.loads(line.removeprefix("data: "))
    assert news["build"] == 1
    assert "This paper has no text." in news["problems"][0]
    answer.close()
