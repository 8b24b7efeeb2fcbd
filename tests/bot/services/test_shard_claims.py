"""What a process has, no other gets: on one data folder."""

import asyncio
import multiprocessing
import os
import signal

import pytest

from bot.services.shard_claims import AlreadyRunning, FolderClaims
from bot.shards import parse_shards


def claims(folder, numbers="", count=None):
    return FolderClaims(folder, parse_shards(numbers, count) if count else None)


async def test_processes_with_shards_of_their_own_run_beside_each_other(tmp_path):
    await claims(tmp_path, "0-3", 8).take()
    await claims(tmp_path, "4-7", 8).take()


@pytest.mark.parametrize(
    ("numbers", "count", "words"),
    [
        ("2-5", 8, "has shards 2-3 of 8 already"),
        ("3", 8, "has shard 3 of 8 already"),
        ("12-15", 16, "has 8 shards in all"),
        ("", None, "has 8 shards in all"),
    ],
)
async def test_what_stands_against_it_is_told_and_nothing_is_taken(tmp_path, numbers, count, words):
    first, second = claims(tmp_path, "0-3", 8), claims(tmp_path, numbers, count)
    await first.take()
    with pytest.raises(AlreadyRunning, match=words):
        await second.take()
    await first.release()
    await claims(tmp_path, "0-7", 8).take()


async def test_a_bot_without_shards_is_there_once(tmp_path):
    only = claims(tmp_path)
    await only.take()
    with pytest.raises(AlreadyRunning, match="runs already"):
        await claims(tmp_path).take()
    with pytest.raises(AlreadyRunning, match="has all shards"):
        await claims(tmp_path, "0", 2).take()
    await only.release()
    await claims(tmp_path, "0", 2).take()


def hold(folder, pipe):
    mine = claims(folder, "0-1", 2)
    asyncio.run(mine.take())
    pipe.send("taken")
    signal.pause()


async def test_a_killed_process_leaves_its_shards_at_once(tmp_path):
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=hold, args=(tmp_path, theirs))
    process.start()
    assert await asyncio.to_thread(ours.recv) == "taken"
    with pytest.raises(AlreadyRunning):
        await claims(tmp_path, "1", 2).take()
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    await claims(tmp_path, "0", 4).take()
