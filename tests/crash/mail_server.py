"""
A real mail server that keeps what it gets, for workers that will be killed.

`python -m tests.crash.mail_server PORT FOLDER`: each e-mail that it confirms, or was about to, is a line of
`FOLDER/received`. `FOLDER/mood` says how it behaves: `gone@… 550 5.1.1 nobody` answers so to that address;
`data 451 later` to the end of each e-mail; `cut` ends the conversation instead of the last answer, once.
"""

from __future__ import annotations

import asyncio
import sys
from email import message_from_bytes
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP


class Keeper:
    """Writes down what arrives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def moods(self) -> dict[str, str]:
        path = self.folder / "mood"
        lines = path.read_text().splitlines() if path.exists() else []
        return {what: answer for what, _space, answer in (line.partition(" ") for line in lines)}

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if answer := self.moods().get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        moods = self.moods()
        if answer := moods.get("data"):
            return answer
        name = message_from_bytes(envelope.content)["Message-ID"]
        with (self.folder / "received").open("a") as received:
            received.write(f"{name} {envelope.rcpt_tos[0]}\n")
        if "hang" in moods:
            await asyncio.sleep(60)
        if "cut" in moods:
            (self.folder / "mood").unlink()
            server.transport.abort()
        return "250 OK"


async def serve(port: int, folder: Path) -> None:
    loop = asyncio.get_running_loop()
    keeper = Keeper(folder)
    server = await loop.create_server(lambda: SMTP(keeper, hostname="mx.test"), "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
