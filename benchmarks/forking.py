"""A plugin of pytest for `mutants.py`: forks for each change, which gives functions their changed code, and runs tests.

What is asked and answered goes through two pipes whose numbers `ASKED` and `ANSWERS` tell, a line of JSON for each.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import resource
import signal
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

import pytest
from _pytest.runner import runtestprotocol
from hypothesis import Phase, settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Key = tuple[str, str, int]
    Functions = dict[Key, list[FunctionType]]

LONG = 60
"""Seconds of processor time after which a test fails."""


def pytest_collection_modifyitems() -> None:
    """Examples that fail are not made smaller."""
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile("mutants", parent=settings.default, phases=phases, database=None)
    settings.load_profile("mutants")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    def give_up(*_: object) -> None:
        pytest.fail("the test takes too long")

    signal.signal(signal.SIGPROF, give_up)
    signal.setitimer(signal.ITIMER_PROF, LONG)
    try:
        return (yield)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    if "ASKED" not in os.environ:
        return None
    items, functions = {each.nodeid: each for each in session.items}, functions_by_code()
    gc.freeze()
    with os.fdopen(int(os.environ["ASKED"])) as asked, os.fdopen(int(os.environ["ANSWERS"]), "w") as answers:
        for line in asked:
            print(json.dumps(answer(json.loads(line), items, functions)), file=answers, flush=True)
    return True


def answer(
    asked: dict[str, Any], items: Mapping[str, pytest.Item], functions: Functions
) -> dict[str, object]:
    """What the tests say of a change, in a process of its own; nothing where the time is over."""
    heard, said = os.pipe()
    if not (pid := os.fork()):
        os.setpgid(0, 0)
        try:
            found = tried(asked, items, functions)
        except BaseException as error:  # what ends pytest itself
            found = {"is_caught": True, "by": type(error).__name__}
        os.write(said, json.dumps(found).encode())
        os._exit(0)
    os.close(said)
    with os.fdopen(heard) as told:
        words = told.read()
    used = os.wait4(pid, 0)[2]
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)  # what tests have started
    over: dict[str, object] = {"is_caught": False, "by": "the time is over"}
    return (json.loads(words) if words else over) | {"seconds": used.ru_utime + used.ru_stime}


def tried(asked: dict[str, Any], items: Mapping[str, pytest.Item], functions: Functions) -> dict[str, object]:
    """Whether a test fails with the change; `None` where it changes no function."""
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"],) * 2)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for each in range(3):
        os.dup2(nowhere, each)
    if not change(asked, functions):
        return {"is_caught": None, "by": ""}
    tests = [items[each] for each in asked["tests"] if each in items]
    for test, following in zip(tests, [*tests[1:], None], strict=True):
        if any(each.failed for each in runtestprotocol(test, log=False, nextitem=following)):
            return {"is_caught": True, "by": test.nodeid}
    return {"is_caught": False, "by": f"{len(tests)} tests execute it"}


def functions_by_code() -> Functions:
    found: Functions = {}
    for each in gc.get_objects():
        if isinstance(each, FunctionType):
            found.setdefault(key(each.__code__), []).append(each)
    return found


def key(code: CodeType) -> Key:
    return code.co_filename, code.co_qualname, code.co_firstlineno


def change(asked: dict[str, Any], functions: Functions) -> bool:
    """Give functions the code of the changed source; whether there are some."""
    old, new = (compile(asked[each], asked["file"], "exec", dont_inherit=True) for each in ("old", "new"))
    found = [
        (each, two) for one, two in pairs(old, new) if one != two for each in functions.get(key(one), ())
    ]
    for function, code in found:
        function.__code__ = code
    return bool(found)


def pairs(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """The code of two sources that differ in one expression, function by function."""
    yield old, new
    inner = ([each for each in code.co_consts if isinstance(each, CodeType)] for code in (old, new))
    for one, other in zip(*inner, strict=False):
        yield from pairs(one, other)
