"""The public functions, what their results can be written as, and every example of docs/api.md."""

import doctest
import importlib.util
import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import plantrack
from plantrack.cli import run

ROOT = Path(__file__).parent.parent
HALVES = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("api.md", "api.zh.md")]
PAGE = "\n".join(HALVES)
BROKEN = "tests/cases/plans/invalid/pt107-invalid-numeral.yaml"
ACTUALS = "docs/examples/actuals.csv"
DOCUMENT = "docs/examples/trace/example.txt"
LIBRARIES = [name for name in ("pandas", "polars") if importlib.util.find_spec(name)]


@pytest.fixture(autouse=True)
def in_the_project(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTRACK_LANG", "en")
    monkeypatch.delenv("PLANTRACK_PLANS", raising=False)
    monkeypatch.chdir(ROOT)


# -- the page ------------------------------------------------------------------------------------


def _run_examples(half: str, *, with_frames: bool) -> None:
    wanted = r"```pycon(?: frames)?\n(.*?)```" if with_frames else r"```pycon\n(.*?)```"
    examples = "\n".join(re.findall(wanted, half, re.DOTALL))
    test = doctest.DocTestParser().get_doctest(examples, {}, "docs/api.md", "docs/api.md", 0)
    told: list[str] = []
    failures, tried = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=told.append)
    assert tried
    assert not failures, "".join(told)


@pytest.mark.parametrize("half", HALVES, ids=["English", "Chinese"])
def test_the_examples_run(half: str) -> None:
    _run_examples(half, with_frames=False)


@pytest.mark.skipif(not LIBRARIES, reason="neither pandas nor polars is installed")
@pytest.mark.parametrize("half", HALVES, ids=["English", "Chinese"])
def test_the_examples_with_data_frames_run(half: str) -> None:
    _run_examples(half, with_frames=True)


def test_every_block_of_code_is_one_that_runs() -> None:
    assert set(re.findall(r"^```(.+)$", PAGE, re.MULTILINE)) == {"pycon", "pycon frames"}


def test_the_page_names_every_function_in_both_halves() -> None:
    functions = {name for name in plantrack.__all__ if name.islower() and not name.startswith("_")}
    for half in HALVES:
        assert set(re.findall(r"^\| `(\w+)\(", half, re.MULTILINE)) == functions


# -- names ---------------------------------------------------------------------------------------


def _in_a_fresh_process(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_public_name_is_there() -> None:
    for name in plantrack.__all__:
        assert getattr(plantrack, name).__class__, name
        assert name in dir(plantrack)
    homes = {name for names in plantrack._HOMES.values() for name in names}  # noqa: SLF001
    assert homes == {name for name in plantrack.__all__ if name[0].isupper()}


def test_importing_plantrack_alone_loads_nothing_else() -> None:
    code = (
        "import sys; old = {*sys.modules}; import plantrack; print(*({*sys.modules} - old - {'__future__'}))"
    )
    assert _in_a_fresh_process(code).split() == ["plantrack"]


@pytest.mark.parametrize("name", ["audit", "compare", "trace", "track"])
def test_a_function_stays_one_whatever_was_imported(name: str) -> None:
    """Importing a module sets it as an attribute of its package; not over a public function."""
    code = f"""
import plantrack
before = plantrack.{name}
import plantrack.{name}
from plantrack import {name}
assert plantrack.{name} is {name} is before and callable(before)
from plantrack.{name} import __doc__ as said
import sys
assert said == sys.modules["plantrack.{name}"].__doc__ != before.__doc__
import plantrack.errors
assert plantrack.errors.PlantrackError is plantrack.PlantrackError
plantrack.__version__ = "changed"
assert plantrack.__version__ == "changed"
"""
    _in_a_fresh_process(code)


def test_a_module_may_come_before_the_package_is_used() -> None:
    code = "from plantrack.audit import Audit; import plantrack; print(plantrack.audit(plantrack.load('zhuhai')))"
    assert _in_a_fresh_process(code).startswith("<Audit of zhuhai")


@pytest.mark.parametrize(
    ("former", "name"),
    [
        ("load_plan", "read"),
        ("audit_plans", "audit"),
        ("project_paths", "project"),
        ("track_plan", "track"),
        ("compare_plans", "compare"),
    ],
)
def test_a_former_name_works_and_names_the_new_one(former: str, name: str) -> None:
    with pytest.warns(DeprecationWarning, match=rf"plantrack\.{former} is plantrack\.{name} now") as told:
        assert getattr(plantrack, former) is getattr(plantrack, name)
    assert told[0].filename == __file__


def test_a_name_that_there_is_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'adit'"):
        plantrack.adit  # type: ignore[attr-defined] # noqa: B018


def test_types_are_told_to_type_checkers() -> None:
    assert (Path(plantrack.__file__).parent / "py.typed").is_file()


# -- files with errors ---------------------------------------------------------------------------


def test_whatever_needs_a_sound_plan_refuses_a_file_with_errors() -> None:
    """With the first of its findings and how many there are, also when the file itself is handed in."""
    file, sound = plantrack.read(BROKEN), plantrack.load("zhuhai")
    for call in (
        lambda: plantrack.load(BROKEN),
        lambda: plantrack.audit(file),
        lambda: plantrack.audit([sound, file]),
        lambda: plantrack.project(file),
        lambda: plantrack.track(file, ACTUALS),
        lambda: plantrack.compare("premium", [sound, file]),
        lambda: plantrack.trace(file, DOCUMENT),
    ):
        with pytest.raises(plantrack.PlantrackError, match=rf"{BROKEN}:10:\d+: .*\(1 here\)"):
            call()


def test_a_sound_file_is_taken_for_its_plan() -> None:
    file = plantrack.read("zhuhai")
    assert plantrack.project(file).plan.id == "zhuhai"
    assert plantrack.audit(file).plans == (file.plan,)


def test_a_name_is_no_plan() -> None:
    with pytest.raises(TypeError, match=r"plantrack\.load\('zhuhai'\)"):
        plantrack.audit("zhuhai")  # type: ignore[arg-type]


def test_a_method_that_there_is_not() -> None:
    with pytest.raises(plantrack.PlantrackError, match='no method "fast"; there are: growth'):
        plantrack.project(plantrack.load("zhuhai"), method="fast")


def test_actuals_with_errors(tmp_path: Path) -> None:
    file = tmp_path / "actuals.csv"
    file.write_text("indicator,year,value\nthong,2022,1\n", encoding="utf-8")
    plan = plantrack.load("zhuhai")
    for call in (lambda: plantrack.track(plan, file), lambda: plantrack.project(plan, actuals=file)):
        with pytest.raises(plantrack.PlantrackError, match=r"actuals\.csv:2:1: .*\(errors in this file: 1\)"):
            call()


# -- JSON ----------------------------------------------------------------------------------------


def _printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    run([*arguments, "-f", "json"])
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("name", ["zhaoqing", "zhuhai"])
def test_to_dict_is_what_the_command_writes(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    plan = plantrack.load(name)
    assert plan.to_dict() == _printed(capsys, "show", name)
    assert plantrack.read(name).to_dict() == _printed(capsys, "validate", f"data/plans/{name}.yaml")
    assert plantrack.audit(plan).to_dict() == _printed(capsys, "check", name)
    assert plantrack.project(plan).to_dict() == _printed(capsys, "path", name)
    matrix = plantrack.compare(["premium", "loans"], [plan])
    assert matrix.to_dict() == _printed(capsys, "compare", "premium,loans", name)


def test_to_dict_of_results_with_other_files(capsys: pytest.CaptureFixture[str]) -> None:
    tracking = plantrack.track(plantrack.load("zhaoqing"), ACTUALS, year=2023)
    assert tracking.to_dict() == _printed(capsys, "track", "zhaoqing", "--actuals", ACTUALS, "--year", "2023")
    example = "docs/examples/trace/example.yaml"
    trace = plantrack.trace(plantrack.load(example), DOCUMENT, unused=True)
    assert trace.to_dict() == _printed(capsys, "trace", example, "--document", DOCUMENT, "--unused")
    assert plantrack.read(BROKEN).to_dict() == _printed(capsys, "validate", BROKEN)


def test_to_dict_of_a_figure_a_finding_and_a_path() -> None:
    plan = plantrack.load("zhaoqing")
    audit, paths = plantrack.audit(plan), plantrack.project(plan)
    record = audit.to_dict()
    assert plan.figures[0].to_dict() in plan.to_dict()["figures"]
    assert [each.to_dict() for each in paths] == paths.to_dict()["paths"]
    for finding, whole in zip(audit.findings, record["findings"], strict=True):
        alone = finding.to_dict()
        assert {key: alone[key] for key in alone if key != "figures"} | {"figures": whole["figures"]} == whole
        assert [each["id"] for each in alone["figures"]] == [each["id"] for each in whole["figures"]]


def test_waivers_hold_as_in_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    waived = "waivers:\n- {code: PT301, figures: {premium/level/2020/t: 9}, reason: x, date: 2020-01-01}\n"
    file = tmp_path / "zhuhai.yaml"
    content = Path("data/plans/zhuhai.yaml").read_text(encoding="utf-8")
    file.write_text(content + waived, encoding="utf-8")
    audit = plantrack.audit(plantrack.load(file))
    assert "PT901" in {each.code.code for each in audit.findings}
    assert audit.to_dict() == _printed(capsys, "check", str(file))


# -- a line, a notebook, a data frame ------------------------------------------------------------


def _results() -> list[Any]:
    plan = plantrack.load("zhaoqing")
    paths = plantrack.project(plan)
    drawn = next(each for each in paths if each.why is None)
    example = plantrack.load("docs/examples/trace/example.yaml")
    return [
        plan,
        plantrack.read("zhaoqing"),
        plantrack.audit(plan),
        paths,
        paths[0],
        drawn,
        plantrack.track(plan, ACTUALS),
        plantrack.compare("premium", [plan, plantrack.load("zhuhai")], per="gdp"),
        plantrack.compare(["premium", "loans"], [plan]),
        plantrack.trace(example, DOCUMENT, unused=True),
    ]


MOST = 400
"""Characters of a `repr`: a few lines of a terminal."""


def test_a_repr_is_a_few_lines() -> None:
    for result in _results():
        assert len(repr(result)) <= MOST, type(result)
        assert repr(result).startswith(f"<{type(result).__name__} ")
    _, _, audit, _, _, _, tracking, matrix, *_ = _results()
    parts = [
        audit.coverage,
        *audit.findings,
        *audit.figures.values(),
        *audit.targets,
        *audit.latents,
        *tracking.rows,
        *matrix.standings,
    ]
    assert max(len(repr(each)) for each in parts) <= MOST
    assert all(repr(each).startswith("<Finding PT") for each in audit.findings)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_notebook_shows_tables(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANTRACK_LANG", language)
    for result in _results():
        html = result._repr_html_()
        assert html.count("<table>") == html.count("</table>") >= 1, type(result)
        assert len(set(re.findall(r"<(/?\w+)", html)) & {"tr", "/tr", "caption"}) == 3
    assert ("裁定" in html or "状态" in html or "数字" in html) == (language == "zh")


def test_text_of_a_plan_is_no_markup(tmp_path: Path) -> None:
    content = Path("data/plans/zhuhai.yaml").read_text(encoding="utf-8")
    steering = "<script>alert(1)</script>&"
    content = re.sub(r"^(title: \{zh: )[^,]*", rf'\1"{steering}"', content, count=1, flags=re.MULTILINE)
    content = re.sub(r"^(title: .* en: )[^}]*", rf'\1"{steering}"', content, count=1, flags=re.MULTILINE)
    file = tmp_path / "zhuhai.yaml"
    file.write_text(content, encoding="utf-8")
    read = plantrack.read(file)
    assert read.plan is not None, read.findings
    for result in (read.plan, plantrack.audit(read), plantrack.project(read)):
        html = result._repr_html_()
        assert "<script" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;" in html


def test_without_pandas_and_polars_both_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pandas", "polars"):
        monkeypatch.setitem(sys.modules, name, None)
    plan = plantrack.load("zhuhai")
    with pytest.raises(plantrack.PlantrackError, match=r"pip install pandas, or pip install polars"):
        plan.to_frame()
    with pytest.raises(plantrack.PlantrackError, match="polars is not installed"):
        plan.to_frame(library="polars")


def test_a_table_that_there_is_not() -> None:
    audit = plantrack.audit(plantrack.load("zhuhai"))
    with pytest.raises(plantrack.PlantrackError, match=r"there are: targets, figures, findings, implied"):
        audit.to_frame("target")


@pytest.mark.skipif(not LIBRARIES, reason="neither pandas nor polars is installed")
@pytest.mark.parametrize("library", LIBRARIES)
def test_a_column_has_one_type_in_every_frame(library: Any) -> None:
    plan = plantrack.load("zhaoqing")
    audit = plantrack.audit(plan)
    without = replace(audit, targets=(), findings=(), latents=())
    for table in ("targets", "figures", "findings", "implied"):
        full, empty = (each.to_frame(table, library=library) for each in (audit, without))
        assert list(map(str, full.dtypes)) == list(map(str, empty.dtypes))
    for result in _results():
        assert len(result.to_frame(library=library).columns) > 5, type(result)
