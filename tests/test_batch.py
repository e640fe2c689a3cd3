"""Many files: the same findings in the same order, however many processes read them."""

import gc
import json
import os
import pickle
import sys
from collections.abc import Iterator
from concurrent.futures import Executor
from pathlib import Path

import pytest

from fixed import TODAY
from plantrack.audit import blocks
from plantrack.batch import (
    Cache,
    Failure,
    Source,
    Stream,
    Work,
    Workers,
    in_batches,
    read_source,
    validate_content,
    validate_file,
    validate_source,
    workers_for,
)
from plantrack.batch.cache import _state_of_all as state_of_all
from plantrack.batch.cache import usual_folder
from plantrack.batch.checking import check_source
from plantrack.batch.packing import packed, unpacked
from plantrack.cli import run
from plantrack.findings import CODES, Level
from plantrack.reading import find_plan

INVALID = Path(__file__).parent / "cases" / "plans" / "invalid"
ZHUHAI = Path(__file__).parent.parent / "data" / "plans" / "zhuhai.yaml"
FILES = [path for path in sorted(INVALID.glob("*.yaml")) if path.stat().st_size < 10_000] * 2
EXPECTED = [(file.as_posix(), validate_file(file, TODAY)) for file in FILES]
WORK = Work(validate_source, {"today": TODAY})


def worked(stream: Stream, files: list[Path] = FILES, size: int = 20) -> list[tuple[str, object]]:
    batches = in_batches(map(read_source, files), size)
    return [each for results in stream.results(batches) for each in results]


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_processes_change_nothing(jobs: int) -> None:
    with workers_for(jobs, 0, 1) as workers:
        assert worked(Stream(WORK, workers)) == EXPECTED


def test_as_many_processes_as_pay_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plantrack.batch.workers.processors", lambda: 4)
    assert [workers_for(None, size, 10).number for size in (5, 19, 20, 39, 90)] == [1, 1, 2, 3, 4]
    assert workers_for(3, 5, 10).number == 3


@pytest.mark.parametrize("error", [OSError, ImportError, NotImplementedError, RuntimeError])
def test_where_no_process_can_be_had_all_is_read_here(error: type[Exception]) -> None:
    def refused() -> Executor:
        raise error

    assert worked(Stream(WORK, Workers(2, refused))) == EXPECTED


# -- failures --------------------------------------------------------------------------------------


def touchy(source: Source, *, worst: str) -> str:
    if worst in source.file:
        os._exit(1)
    if "pt208" in source.file:
        raise ValueError(source.file)
    return source.file


def test_a_file_that_fails_or_ends_its_process_stops_no_other() -> None:
    names = [file.as_posix() for file in FILES]
    with workers_for(2, 0, 1) as workers:
        found = dict(worked(Stream(Work(touchy, {"worst": "pt107"}), workers), size=4))
    assert list(found) == list(dict.fromkeys(names))
    failed = {name: each.kind for name, each in found.items() if isinstance(each, Failure)}
    assert {kind for name, kind in failed.items() if "pt208" in name} == {"ValueError"}
    assert {kind for name, kind in failed.items() if "pt107" in name} == {"process"}
    assert all(found[name] == name for name in names if name not in failed)
    assert len(failed) == sum("pt107" in name or "pt208" in name for name in found)


def test_what_is_stopped_gave_what_was_done() -> None:
    given: list[str] = []
    stream = Stream(WORK, stopped=lambda: len(given) >= 8)

    def take_all() -> None:
        for results in stream.results(in_batches(map(read_source, FILES), 4)):
            given.extend(file for file, _ in results)

    with pytest.raises(KeyboardInterrupt):
        take_all()
    assert given == [file.as_posix() for file in FILES[:8]]


def test_no_more_is_read_than_is_under_way() -> None:
    read = 0

    def counted() -> Iterator[Source]:
        nonlocal read
        for file in FILES:
            read += 1
            yield read_source(file)

    given = 0
    for results in Stream(WORK).results(in_batches(counted(), 2)):
        given += len(results)
        assert read <= given + 2 * 4


# -- the cache -------------------------------------------------------------------------------------


def refuse(*_: object, **__: object) -> None:
    raise AssertionError


def test_what_is_kept_is_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert worked(Stream(WORK, cache=Cache(tmp_path))) == EXPECTED
    monkeypatch.setattr(Workers, "submit", refuse)
    assert worked(Stream(WORK, cache=Cache(tmp_path))) == EXPECTED
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "*\n"


@pytest.mark.parametrize("damage", [b"", b"x" * 40, b"cut", b"turned"])
def test_damaged_entries_count_as_none(tmp_path: Path, damage: bytes) -> None:
    worked(Stream(WORK, cache=Cache(tmp_path)))
    for path in tmp_path.glob("??/*"):
        content = path.read_bytes()
        path.write_bytes({b"cut": content[:-1], b"turned": content[:-1] + b"!"}.get(damage, damage))
    assert worked(Stream(WORK, cache=Cache(tmp_path))) == EXPECTED


@pytest.mark.parametrize("level", Level)
def test_how_grave_a_finding_is_is_read_again_on_every_python(level: Level) -> None:
    assert level.__reduce_ex__(pickle.HIGHEST_PROTOCOL) == (Level, (level.value,))
    assert unpacked(packed(level)) is level


def test_an_entry_that_would_run_something_counts_as_none(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return os.mkdir, (str(tmp_path / "made"),)

    cache, source = Cache(tmp_path / "cache"), read_source(FILES[0])
    cache.put(cache.key(WORK.question, source), packed(Evil()))
    assert worked(Stream(WORK, cache=cache), FILES[:1]) == EXPECTED[:1]
    assert not (tmp_path / "made").exists()


def test_another_name_content_question_or_version_is_another_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, cache = Source("a.yaml", b"plan: a"), Cache(tmp_path)
    keys = {
        cache.key(WORK.question, source),
        cache.key(WORK.question, source._replace(file="b.yaml")),
        cache.key(WORK.question, source._replace(content=b"plan: b")),
        cache.key(WORK._replace(asked={"today": None}).question, source),
    }
    monkeypatch.setattr("plantrack.batch.cache.fingerprint", lambda: "another version")
    assert len(keys | {Cache(tmp_path / "other").key(WORK.question, source)}) == 5


@pytest.mark.parametrize("what", ["content", "time", "name", "nothing"])
def test_plantrack_is_read_again_only_where_a_file_of_it_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    package = tmp_path / "package"
    (package / "plans").mkdir(parents=True)
    (package / "rule.py").write_text("BOUND = 1", encoding="utf-8")
    monkeypatch.setattr("plantrack.batch.cache.PACKAGE", package)
    read: list[str] = []
    monkeypatch.setattr("plantrack.batch.cache.fingerprint", lambda: read.append(what) or f"read {len(read)}")

    def key() -> str:
        return Cache(tmp_path / "cache").key(WORK.question, Source("a.yaml", b""))

    state_of_all.cache_clear()  # as of a new process
    first = key()
    if what == "content":
        (package / "rule.py").write_text("BOUND = 2", encoding="utf-8")
    elif what == "time":
        os.utime(package / "rule.py", (1, 1))
    elif what == "name":
        (package / "rule.py").rename(package / "law.py")
    (package / "plans" / "new.yaml").write_text("plan: new", encoding="utf-8")
    assert key() == first  # what this process has loaded is what it was
    state_of_all.cache_clear()
    second = key()
    state_of_all.cache_clear()
    assert (len(read), second == first) == ((1, True) if what == "nothing" else (2, False))


@pytest.mark.parametrize(
    "words", ["validate {}", "check {}", "check {} -f json", "check {} -f sarif", "check {} -f github"]
)
def test_what_depends_on_more_than_the_content_is_not_told_from_the_cache(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    """A file that cannot be read is no empty one; a path in SARIF is one from the folder of the repository."""

    def said(*more: str) -> tuple[int, str]:
        return run([*words.format("a.yaml").split(), *more]), capsys.readouterr().out

    plan = ZHUHAI.read_bytes()
    contents = {"one/sub": plan, "two": plan, "three": b"\0" * 5_000_000, "four": b""}
    (tmp_path / "one" / ".git").mkdir(parents=True)
    for name, content in contents.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.yaml").write_bytes(content)
        monkeypatch.chdir(tmp_path / name)
        assert said() == said("--no-cache"), name


@pytest.mark.parametrize("more", ["--ignore PT306", "--effort 0.001", "-q"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_another_question_is_not_told_from_the_cache(
    capsys: pytest.CaptureFixture[str], language: str, more: str
) -> None:
    def said(*words: str) -> tuple[int, str]:
        return run(["--lang", language, "check", "zhanjiang", *words]), capsys.readouterr().out

    assert said() == said("--no-cache")
    assert said(*more.split()) == said(*more.split(), "--no-cache") != said()


@pytest.mark.parametrize(
    "words", ["validate", "list", "check zhuhai --exit-zero", "check zhuhai -f json --exit-zero"]
)
def test_without_a_home_nothing_is_kept(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    def no_home() -> Path:
        raise RuntimeError

    monkeypatch.delenv("PLANTRACK_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr("plantrack.batch.cache.sys.platform", "linux")
    monkeypatch.setattr(Path, "home", no_home)
    assert run(words.split()) == 0, capsys.readouterr().err


def test_the_ids_alone_are_those_of_sound_plans(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = ZHUHAI.read_text(encoding="utf-8")
    (tmp_path / "broken.yaml").write_text(content + "nonsense: 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    run(["--plans", str(tmp_path), "list", "-q"])
    assert capsys.readouterr().out.strip().endswith("broken.yaml")


def test_the_longest_unused_entries_are_removed(tmp_path: Path) -> None:
    cache = Cache(tmp_path, most=3 * (16 + 100))
    for number in range(5):
        cache.put(f"{number:040}", b"x" * 100)
        os.utime(tmp_path / f"{number:040}"[:2] / f"{number:040}"[2:], (number, number))
    cache.end()
    assert [cache.get(f"{number:040}") is not None for number in range(5)] == [False, False, True, True, True]


def test_old_entries_are_looked_for_once_a_day_where_little_comes_in(tmp_path: Path) -> None:
    def left(written: float) -> bool:
        old = tmp_path / "00" / "old"
        Cache(tmp_path).put("00old", b"x" * 1000)
        os.utime(old, (1, 1))
        os.utime(tmp_path / "CACHEDIR.TAG", (written, written))
        cache = Cache(tmp_path, most=900)
        cache.put("00new", b"x")
        cache.end()
        return old.exists()

    now = (tmp_path.stat()).st_mtime
    assert (left(now), left(now - 90_000)) == (True, False)


@pytest.mark.parametrize(
    "words",
    ["list", "list -f json", "validate", "check {}", "check {} -f json", "check {} -f jsonl"],
)
def test_a_second_run_tells_the_same_without_reading_a_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    content = ZHUHAI.read_bytes()
    file = tmp_path / "data" / "plans" / "zhuhai.yaml"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    monkeypatch.chdir(tmp_path)
    command = words.format(file.relative_to(tmp_path).as_posix()).split()

    def said() -> tuple[int, str]:
        return run(command), capsys.readouterr().out

    first = said()
    with monkeypatch.context() as patched:
        patched.setattr("plantrack.batch.work.read_plan", None)
        assert said() == first
    file.write_bytes(content.replace(b"plan: zhuhai", b"plan: 1"))
    assert said() != first


def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert worked(Stream(WORK, cache=Cache(tmp_path / "file" / "cache"))) == EXPECTED


@pytest.mark.parametrize(
    ("system", "environ", "expected"),
    [
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/plantrack"),
        ("win32", {"LOCALAPPDATA": "/y"}, "/y/plantrack"),
        ("linux", {"PLANTRACK_CACHE": "/z", "XDG_CACHE_HOME": "/x"}, "/z"),
    ],
)
def test_where_the_cache_is(system: str, environ: dict[str, str], expected: str) -> None:
    assert usual_folder(environ, system) == Path(expected)


@pytest.mark.parametrize("plan", ["zhanjiang", "zhaoqing"])
def test_what_is_read_and_audited_leaves_no_garbage(plan: str) -> None:
    """Nothing holds itself: of thousands of plans all is gone before memory is searched for what nobody holds."""

    def audited() -> None:
        source = read_source(find_plan(plan))
        check_source(source, today=TODAY, effort=1.0, codes=tuple(CODES), ascii_only=True)

    audited()
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        audited()
        gc.collect()
        assert not [each for each in gc.garbage if type(each).__module__.startswith("plantrack")]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


def test_what_came_from_a_pipe_needs_no_name() -> None:
    content = (INVALID / "pt208-file-name.yaml").read_bytes()
    assert validate_content(content, "<stdin>", TODAY) == ()
    assert [each.code.code for each in validate_content(content, "other.yaml", TODAY)] == ["PT208"]
    assert [each.code.code for each in validate_content(b"#" * 4_000_001, "<stdin>", TODAY)] == ["PT010"]


def test_where_dask_is_missing(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert run(["validate", "--cluster", "tcp://127.0.0.1:9"]) == 2
    assert "plantrack[cluster]" in capsys.readouterr().err


def test_processes_change_no_byte_of_what_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for jobs in ("1", "2", "4"):
        code = run(["check", "--all", "-f", "jsonl", "--exit-zero", "--no-cache", "-j", jobs])
        said.append((code, *capsys.readouterr()))
    assert said[1:] == said[:1] * 2
    *alone, together = map(json.loads, said[0][1].splitlines())
    assert [each["plans"] for each in alone] == [[Path(each["file"]).stem] for each in alone]
    assert together["plans"] == ["zhaoqing", "zhuhai"]


def test_a_large_family_is_told_the_same_by_several_processes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "MOST_FIGURES", 100)
    said = []
    for many, jobs in ((40, "1"), (1, "1"), (1, "2")):
        monkeypatch.setattr("plantrack.batch.families.MANY", many)
        run(["check", "--all", "-f", "jsonl", "--no-cache", "-j", jobs])
        said.append(capsys.readouterr())
    assert said[1:] == said[:1] * 2
    assert len(said[0].out.splitlines()) == 6


PART = """\
plan: {name}
title: {{zh: 例, en: Example}}
place: {{id: {name}, zh: {name}市, en: {name}, parent: {province}}}
base: 2020
target: 2025
sections: {{t: 表}}
places: {{{province}: {{zh: {province}省}}}}
figures:
  gdp: [{{in: t, place: {province}, level: {{2020: {gdp}}}}}]
  deposits: [{{in: t, level: {{2020: 100, 2025: 150}}, growth: {{2020->2025: {growth}}}}}]
"""


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("table", {"3 plans:", "3 contradiction(s)"}),
        ("table -q", {"PT301", "PT302"}),
        ("concise", {"PT301", "PT302", "PT107"}),
        ("github", {"PT301", "PT302", "PT107"}),
        ("csv", {"PT301", "PT302", "PT107"}),
        ("json", {"PT301", "PT302"}),
        ("sarif", {"PT301", "PT302"}),
    ],
)
def test_a_report_of_many_plans_is_the_same_family_by_family(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str, told: set[str]
) -> None:
    for name, province, gdp, growth in (
        ("b", "north", "5000", "12%"),
        ("d", "north", "5100", "8.4%"),
        ("a", "south", "7000", "12%"),
        ("c", "wrong", "many", "9%"),
        ("e", "wrong", "few", "9%"),
    ):
        written = PART.format(name=name, province=province, gdp=gdp, growth=growth)
        (tmp_path / f"{name}.yaml").write_text(written, encoding="utf-8")
    held = ["-o", "-", "-f", "junit", "-o", str(tmp_path / "junit.xml")]
    said = []
    for more in (held, ["-j", "1"], ["-j", "2"]):
        code = run(["check", str(tmp_path), "-f", *form.split(), *more, "--no-cache"])
        said.append((code, *capsys.readouterr()))
    assert said[1:] == said[:1] * 2
    assert all(each in said[0][1] for each in told)


def test_work_of_a_process_that_ended_is_done_again(tmp_path: Path) -> None:
    with workers_for(2, 0, 1) as workers:
        assert list(workers.map(end_once, [tmp_path / "done"] * 40, range(40))) == list(range(40))


def end_once(mark: Path, number: int) -> int:
    """The number; the first time at 17 it ends the process."""
    if number == 17 and not mark.exists():
        mark.touch()
        os._exit(1)
    return number


@pytest.mark.parametrize("name", ["jieyang", "zhuhai"])
def test_a_line_is_what_json_tells_of_the_plan(capsys: pytest.CaptureFixture[str], name: str) -> None:
    run(["check", name, "-f", "json"])
    whole = json.loads(capsys.readouterr().out)
    run(["check", name, "-f", "jsonl"])
    line = json.loads(capsys.readouterr().out)
    assert line.pop("file").endswith(f"{name}.yaml")
    assert line == whole


@pytest.mark.parametrize(
    "form", ["table", "concise", "json", "jsonl", "sarif", "csv", "github", "junit", "page"]
)
def test_every_format_tells_of_every_file(capsys: pytest.CaptureFixture[str], form: str) -> None:
    command = ["validate", *map(str, FILES[:40:3]), "-f", form]
    assert run(command) == 1
    said = capsys.readouterr().out
    assert all(found.code.code in said for _, each in EXPECTED[:40:3] for found in each)


@pytest.mark.parametrize(
    "form",
    [
        "table",
        "table -v",
        "concise",
        "json",
        "jsonl",
        "sarif",
        "csv",
        "github",
        "junit",
        "gitlab",
        "markdown",
        "page",
    ],
)
def test_no_file_is_left_out_of_an_audit_unsaid(capsys: pytest.CaptureFixture[str], form: str) -> None:
    broken = FILES[0]
    assert run(["check", "jieyang", str(broken), "-f", *form.split()]) == 1
    assert broken.name in "".join(capsys.readouterr())


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_tables_of_many_plans_are_the_same(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str
) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="plantrack[parquet] is not installed")
    assert run(["export", "--all", "-f", form, "-o", str(tmp_path / "few")]) == 0
    monkeypatch.setattr("plantrack.cli.export.BATCH", 2)
    assert run(["export", "--all", "-f", form, "-o", str(tmp_path / "many"), "-j", "2"]) == 0
    names = sorted(each.name for each in (tmp_path / "few").iterdir())
    assert names == sorted(each.name for each in (tmp_path / "many").iterdir())
    for name in names:
        assert (tmp_path / "few" / name).read_bytes() == (tmp_path / "many" / name).read_bytes(), name
    capsys.readouterr()
    assert run(["export", "--all", "-f", "csv", "--table", "plans"]) == 0
    assert capsys.readouterr().out.count("\n") == 6


def test_errors_end_an_export_of_many_plans(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("plantrack.cli.export.BATCH", 1)
    assert run(["export", "zhuhai", str(FILES[0]), "-f", "csv", "-o", str(tmp_path / "out")]) == 1
    assert FILES[0].name in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
