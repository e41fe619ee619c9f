"""A server of the web that misbehaves in one way for each of its paths, on this machine."""

from __future__ import annotations

import socket
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ssl

OK = b"HTTP/1.1 200 OK\r\n"
DRIP = 0.05


@dataclass
class Server:
    """Answers what ``answers`` holds for a path, by turns: bytes at once, a number of seconds to wait before more."""

    answers: dict[str, list[bytes | float]] = field(default_factory=dict)
    context: ssl.SSLContext | None = None
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listening.getsockname()[1])
        threading.Thread(target=self._listen, daemon=True).start()

    def url(self, path: str, host: str = "a.example") -> str:
        return f"{'https' if self.context else 'http'}://{host}:{self.port}{path}"

    def _listen(self) -> None:
        while True:
            try:
                wire, _ = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(wire,), daemon=True).start()

    def _answer(self, wire: socket.socket) -> None:
        try:
            with self.context.wrap_socket(wire, server_side=True) if self.context else wire as talking:
                head = talking.recv(65_536).decode()
                self.asked.append(head)
                for part in self.answers.get(head.split(" ")[1], [b"HTTP/1.1 404 Not Found\r\n\r\n"]):
                    if isinstance(part, float):
                        time.sleep(part)
                    else:
                        talking.sendall(part)
        except OSError:
            return  # whoever asked has left

    def close(self) -> None:
        self.listening.shutdown(socket.SHUT_RDWR)  # whoever waits in accept holds it open else
        self.listening.close()


def leads(where: str) -> list[bytes | float]:
    """An answer that leads on."""
    return [f"HTTP/1.1 302 Found\r\nLocation: {where}\r\n\r\n".encode()]


def dripping(part: bytes) -> list[bytes | float]:
    """The same over and over, a little at a time."""
    return [each for _ in range(40) for each in (DRIP, part)]
