"""A hundred people on one server, each with a websocket: ask for a page, read, think, click on."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

THINKING = 10.0
"""Seconds between two clicks of one person, on average."""

CLICKS = 5
"""Clicks a person; the first opening, which everybody does within one thinking time, is not counted."""


def click_times(address: str, people: int, visits: Sequence[tuple[str, str]]) -> list[float]:
    """Seconds from each click to the end of its run. A visit is a page's slug and a query string."""
    # In a thread of its own: the browser's driver has an event loop in this one.
    with ThreadPoolExecutor(1) as own:
        everybody = _everybody(address.replace("http", "ws", 1), people, visits)
        return own.submit(asyncio.run, everybody).result()


async def _everybody(address: str, people: int, visits: Sequence[tuple[str, str]]) -> list[float]:
    each = await asyncio.gather(*(_person(address, number, visits) for number in range(people)))
    return [seconds for one in each for seconds in one]


async def _person(address: str, number: int, visits: Sequence[tuple[str, str]]) -> list[float]:
    chance = random.Random(number)  # a pattern of clicks, not a secret
    await asyncio.sleep(chance.uniform(0, THINKING))
    origin = address.replace("ws", "http", 1)
    taken = []
    async with connect(
        f"{address}/_stcore/stream",
        subprotocols=["streamlit"],
        origin=origin,
        max_size=None,  # type: ignore[list-item, arg-type]
    ) as connection:
        for click in range(CLICKS + 1):
            seconds = await _run(connection, *visits[(number + click) % len(visits)])
            if click:
                taken.append(seconds)
            await asyncio.sleep(chance.uniform(0.5, 1.5) * THINKING)
    return taken


async def _run(connection: ClientConnection, page: str, query: str) -> float:
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = query
    start = time.perf_counter()
    await connection.send(message.SerializeToString())
    while True:
        answer = ForwardMsg()
        answer.ParseFromString(await connection.recv())
        if answer.WhichOneof("type") == "script_finished":
            if answer.script_finished not in (
                ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_EARLY_FOR_RERUN
            ):  # fmt: skip
                raise RuntimeError(f"{page}?{query} failed")
            if answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return time.perf_counter() - start
