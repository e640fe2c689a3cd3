"""Windows, as far as it can be tried elsewhere: what the system has not, consoles, paths, processes."""

import ast
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import plantrack
from plantrack.cli import run
from plantrack.cli.legible import LEGIBLY
from plantrack.errors import reason_of
from plantrack.formats.terminal import Screen
from plantrack.language import choose_language
from plantrack.reading import load_catalogue, read_plan_file
from test_cli import INVALID, ROOT

Captured = pytest.CaptureFixture[str]
SOURCE = Path(plantrack.__file__).parent
PLANS = ROOT / "data" / "plans"

# -- what Windows has not ------------------------------------------------------------------------

MODULES = frozenset(
    """
    _posixshmem _posixsubprocess crypt curses fcntl grp nis ossaudiodev posix pty pwd readline resource spwd
    syslog termios tty
    """.split()  # noqa: SIM905
)
"""Modules that only POSIX systems have."""
NAMES = {
    "os": """
        O_ASYNC O_CLOEXEC O_DIRECT O_DIRECTORY O_DSYNC O_EXLOCK O_NDELAY O_NOATIME O_NOCTTY O_NOFOLLOW
        O_NONBLOCK O_PATH O_RSYNC O_SHLOCK O_SYNC O_TMPFILE P_PID WCONTINUED WCOREDUMP WEXITSTATUS WIFEXITED
        WIFSIGNALED WNOHANG WTERMSIG WUNTRACED chflags chown chroot confstr copy_file_range ctermid eventfd
        fchdir fchmod fchown fdatasync fork forkpty fpathconf fstatvfs getegid geteuid getgid getgrouplist
        getgroups getloadavg getpgid getpgrp getpriority getresgid getresuid getsid getuid getxattr
        initgroups killpg lchflags lchmod lchown listxattr lockf login_tty major makedev memfd_create minor
        mkfifo mknod nice openpty pathconf pidfd_open pipe2 posix_fadvise posix_fallocate posix_openpt
        posix_spawn posix_spawnp pread preadv pwrite pwritev readv register_at_fork removexattr rename
        sched_getaffinity sched_getscheduler sched_setaffinity sched_setscheduler sched_yield sendfile
        set_blocking setegid seteuid setgid setgroups setns setpgid setpriority setregid setresgid setresuid
        setreuid setsid setuid setxattr spawnlp spawnvp splice statvfs sync sysconf tcgetpgrp tcsetpgrp
        timerfd_create ttyname uname unshare wait wait3 wait4 waitid writev
        """.split(),  # noqa: SIM905
    "signal": """
        ITIMER_REAL SIGALRM SIGBUS SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGPROF SIGQUIT SIGSTOP SIGTSTP
        SIGTTIN SIGTTOU SIGUSR1 SIGUSR2 SIG_BLOCK SIG_SETMASK SIG_UNBLOCK alarm getitimer pause pthread_kill
        pthread_sigmask setitimer siginterrupt sigpending sigtimedwait sigwait sigwaitinfo
        """.split(),  # noqa: SIM905
    "select": ["devpoll", "epoll", "kqueue", "poll"],
    "time": ["clock_getres", "clock_settime", "pthread_getcpuclockid", "tzset"],
}
"""Names of other modules that Windows lacks; `os.rename` it has, but there a taken name is refused."""
METHODS = {"owner", "rename"}
"""Methods of a path that fail there, always or where a file of that name stands."""
PLACES = re.compile(r"/(dev(?!/std)|proc|sys|tmp|etc|var|usr|bin|home)(/|$)")
"""Folders of POSIX systems; `/dev/stdout` is a name to know, for those who write it after `-o`."""
START_METHODS = {"fork", "forkserver"}
GUARD = re.compile(
    rf"\bos\.name\b|\bsys\.platform\b|\bhasattr\((os|signal|select|time),|\b({'|'.join(MODULES)}) is (not )?None\b"
)
"""What a condition holds that asks what the system is or has."""


def posix_only(source: str) -> list[str]:
    """What only POSIX systems have and is used where nothing asks for the system."""
    tree, found = ast.parse(source), list[str]()
    if any(map(_posix_only, ast.walk(tree))):
        _walk(tree, found, guarded=False)
    return found


def _walk(node: ast.AST, found: list[str], *, guarded: bool) -> None:
    if not guarded and (said := _posix_only(node)):
        found.append(f"{getattr(node, 'lineno', 0)}: {said}")
    asks = _asks_for_the_system(node)
    for name, value in ast.iter_fields(node):
        inside = guarded or (asks and name in {"body", "orelse", "values"})
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not _is_docstring(node, child):
                _walk(child, found, guarded=inside)
                inside = inside or _leaves_elsewhere(child)


def _posix_only(node: ast.AST) -> str:
    """What a node uses that Windows has not; nothing for all the rest."""
    match node:
        case ast.Import(names=names):
            return next((each.name for each in names if each.name.partition(".")[0] in MODULES), "")
        case ast.ImportFrom(module=str(module), names=names):
            lacking = {module} & MODULES or {each.name for each in names} & set(NAMES.get(module, ()))
            return min(lacking, default="")
        case ast.Attribute(value=ast.Name(id=module), attr=name) if name in NAMES.get(module, ()):
            return f"{module}.{name}"
        case ast.Call(func=ast.Attribute(attr=name, value=value)) if name in METHODS:
            return "" if isinstance(value, ast.Name) and value.id in NAMES else f".{name}()"
        case ast.Constant(value=str(text)) if PLACES.match(text):
            return text
        case ast.Call(
            func=ast.Attribute(attr="get_context" | "set_start_method"), args=[ast.Constant(value=how)]
        ):
            return how if how in START_METHODS else ""
    return ""


def _asks_for_the_system(node: ast.AST) -> bool:
    match node:
        case ast.If(test=test) | ast.IfExp(test=test) | ast.BoolOp(values=[test, *_]):
            return bool(GUARD.search(ast.unparse(test)))
        case ast.Try(handlers=handlers):
            caught = " ".join(ast.unparse(each.type) for each in handlers if each.type is not None)
            return "ImportError" in caught or "AttributeError" in caught
    return False


def _leaves_elsewhere(statement: ast.AST) -> bool:
    """Whether what follows is reached on some systems only."""
    leaving = ast.Return | ast.Raise | ast.Continue
    return isinstance(statement, ast.If) and (
        _asks_for_the_system(statement) and isinstance(statement.body[-1], leaving)
    )


def _is_docstring(parent: ast.AST, child: ast.AST) -> bool:
    return isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant) and hasattr(parent, "body")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import fcntl", "1: fcntl"),
        ("def f():\n    from pwd import getpwuid", "2: pwd"),
        ("import os\nos.fork()", "2: os.fork"),
        ("from os import getuid", "1: getuid"),
        ("import os\nos.rename(a, b)", "2: os.rename"),
        ("path.rename(b)", "1: .rename()"),
        ("open('/dev/null')", "1: /dev/null"),
        ("signal.signal(signal.SIGPIPE, signal.SIG_DFL)", "1: signal.SIGPIPE"),
        ("multiprocessing.set_start_method('fork')", "1: fork"),
        ("try:\n    os.chown(a, 1, 1)\nexcept OSError:\n    pass", "2: os.chown"),
        ("if os.umask(0):\n    os.fork()", "2: os.fork"),
        ("if path.name:\n    os.fork()", "2: os.fork"),
        ("def f():\n    if not a:\n        return\n    os.fork()", "4: os.fork"),
        ("import os\nif os.name == 'posix':\n    os.fork()", ""),
        ("a = os.getuid() if hasattr(os, 'getuid') else 0", ""),
        ("a = hasattr(os, 'getuid') and os.getuid()", ""),
        (
            ("try:\n    import fcntl\nexcept ImportError:\n    fcntl = None\n"
            "if fcntl is not None:\n    os.fchown(1, 2, 3)"),
            "",
        ),
        ("def f():\n    if not hasattr(os, 'fork'):\n        return\n    os.fork()", ""),
        ("'/dev/null is a file'\nos.replace(a, b)\nPath(os.devnull)", ""),
    ],
)  # fmt: skip
def test_what_only_posix_systems_have_is_found_unless_something_asks(source: str, found: str) -> None:
    assert posix_only(source) == ([found] if found else [])


def test_nothing_is_used_that_windows_has_not() -> None:
    used = {
        file.relative_to(SOURCE).as_posix(): found
        for file in SOURCE.rglob("*.py")
        if (found := posix_only(file.read_text(encoding="utf-8")))
    }
    assert used == {}


OPENING = """\
import sys, warnings
warnings.filterwarnings("error", category=EncodingWarning, module="plantrack")
from plantrack.cli import run
for command in sys.argv[1:]:
    assert run(command.split()) in {0, 1}, command
"""


def test_every_text_file_is_opened_in_an_encoding_that_is_named(tmp_path: Path) -> None:
    """On Windows it would be another one; Python warns of it where it is asked to."""
    commands = (
        f"check {SMALL}",
        "show zhuhai",
        f"check {SMALL} -o {tmp_path}/found.csv",
        "schema --check data/plan.schema.json",
        f"export {SMALL} -f csv -o {tmp_path}",
        "track zhaoqing --actuals docs/examples/actuals.csv",
        "trace docs/examples/trace/example.yaml --documents docs/examples/trace",
        "explain PT301",
    )
    command = [sys.executable, "-X", "warn_default_encoding", "-c", OPENING, *commands]
    done = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
    assert b"EncodingWarning" not in done.stderr
    assert done.returncode == 0, done.stderr.decode()


# -- consoles ------------------------------------------------------------------------------------

SMALL = "tests/cases/audit/about-15-error.yaml"
COMMANDS = [
    f"check {SMALL}",
    f"check {SMALL} --targets -f csv",
    "validate tests/cases/plans/invalid/pt002-gbk.yaml -f csv",
    "path zhuhai -i loans --chart",
    "compare premium zhuhai -f markdown",
    "list",
    "explain PT301",
    "check --help",
    "check 没有这个规划",
]


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLANTRACK_LANG", raising=False)
    monkeypatch.delenv("PLANTRACK_PLANS", raising=False)
    monkeypatch.chdir(ROOT)


def sent(monkeypatch: pytest.MonkeyPatch, encoding: str, command: str) -> tuple[int, str, str]:
    """The exit code, and what goes out through streams that refuse what their encoding has not."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding, "strict") for _ in ("stdout", "stderr")]
    with monkeypatch.context() as patch:
        patch.setattr("sys.stdout", streams[0])
        patch.setattr("sys.stderr", streams[1])
        code = run(command.split())
        for each in (sys.stdout, sys.stderr):
            each.flush()
    out, err = (stream.buffer.getvalue().decode(encoding) for stream in streams)  # type: ignore[attr-defined]
    return code, out, err


@pytest.mark.parametrize(("encoding", "language"), [("cp936", "zh"), ("cp1252", "en")])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_code_page_takes_everything(
    monkeypatch: pytest.MonkeyPatch, encoding: str, language: str, command: str
) -> None:
    code, out, err = sent(monkeypatch, "utf-8", f"{command} --lang {language}")
    narrow_code, narrow_out, narrow_err = sent(monkeypatch, encoding, f"{command} --lang {language}")
    assert narrow_code == code
    assert "internal error" not in narrow_err
    if encoding == "cp936":
        assert (narrow_out.count("?"), narrow_err) == (out.count("?"), err)
    numbers = re.compile(r"[<>]=\d|\d[-–]\d|\d+(?:\.\d+)?%?")
    assert numbers.findall(narrow_out) == numbers.findall(out.replace("≥", ">=").replace("≤", "<="))


def test_a_pipe_takes_everything_too() -> None:
    """A process of its own: its streams are files, not objects of this one."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "SYSTEMROOT") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "plantrack", "check", "-v", SMALL],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**kept, "PYTHONIOENCODING": "cp1252:strict", "LC_ALL": "zh_CN.UTF-8"},
    )
    assert "figures" in done.stdout.decode("cp1252")
    assert "PYTHONUTF8=1" in done.stderr.decode("cp1252")


def test_where_there_are_no_chinese_characters_the_locale_asks_for_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "figures" in sent(monkeypatch, "cp1252", f"check {SMALL}")[1]
    assert "个数据" in sent(monkeypatch, "cp936", f"check {SMALL}")[1]


def test_a_bound_is_never_a_question_mark() -> None:
    shown = "≥14.87%, ≤2, 8.28–8.47%, −3, 10⁻⁹, “4+4”（一）"
    assert shown.encode("ascii", LEGIBLY) == b'>=14.87%, <=2, 8.28-8.47%, -3, 10^-^9, "4+4"(?)'
    assert (
        shown.encode("cp1252", LEGIBLY).decode("cp1252") == ">=14.87%, <=2, 8.28–8.47%, -3, 10^-^9, “4+4”(?)"
    )
    assert "≥14.87%，一".encode("gbk", LEGIBLY).decode("gbk") == "≥14.87%，一"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_lost_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    told = sent(monkeypatch, "cp1252", f"show zhuhai --lang {language}")[2]
    assert re.fullmatch(r"\d+ different characters cannot be written in cp1252, .* PYTHONUTF8=1, .*\s+", told)
    assert sent(monkeypatch, "utf-8", f"show zhuhai --lang {language}")[2] == ""


def test_an_old_console_is_asked_what_it_knows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rich finds out whether a Windows console takes escape sequences, and colours in its way if not."""
    monkeypatch.setattr("rich.console.detect_legacy_windows", lambda: True)
    stream = io.StringIO()
    assert not Screen(stream=stream).console.legacy_windows
    monkeypatch.setattr(stream, "isatty", lambda: True)
    assert Screen(stream=stream).console.legacy_windows


@pytest.mark.parametrize(
    ("locale", "language"), [("Chinese (Simplified)_China", "zh"), ("English_United States", "en")]
)
def test_locales_have_other_names(monkeypatch: pytest.MonkeyPatch, locale: str, language: str) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (locale, "936"))
    assert choose_language("auto", {}) == language


# -- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["C:\\规划 2025\\肇庆.yaml", "..\\plans\\x y.yaml", "\\\\server\\共享\\x.yaml"]
)
@pytest.mark.parametrize("command", ["check", "validate", "show"])
def test_paths_of_windows_are_paths(capsys: Captured, name: str, command: str) -> None:
    assert run([command, name]) == 2
    assert f"there is no file {name}" in capsys.readouterr().err


@pytest.mark.parametrize("form", ["json", "sarif", "github", "concise", "csv", "markdown", "table"])
def test_every_format_names_such_a_file(capsys: Captured, tmp_path: Path, form: str) -> None:
    file = tmp_path / "规划 十四五" / "a b.yaml"
    file.parent.mkdir()
    file.write_bytes((INVALID / "pt003-duplicate-key.yaml").read_bytes())
    assert run(["validate", str(file), "-f", form]) == 1
    shown = capsys.readouterr().out
    assert "a b.yaml" in shown or "a%20b.yaml" in shown


def test_lines_may_end_as_on_windows(tmp_path: Path) -> None:
    """Git checks files out so there: nothing is found in them that is not found here, nor elsewhere."""
    catalogue = load_catalogue()
    (tmp_path / "zhaoqing.yaml").write_bytes((PLANS / "zhaoqing.yaml").read_bytes().replace(b"\n", b"\r\n"))
    here, there = (read_plan_file(folder / "zhaoqing.yaml", catalogue) for folder in (PLANS, tmp_path))
    assert [each.position.line for each in here.figures] == [each.position.line for each in there.figures]
    assert here.model == there.model
    assert there.findings == ()


@pytest.mark.parametrize(
    ("number", "reason"), [(5, "permission denied, or another program"), (32, "another program")]
)
def test_a_file_that_is_open_elsewhere_is_told_so(number: int, reason: str) -> None:
    error = PermissionError(13, "Zugriff verweigert")
    error.winerror = number  # type: ignore[attr-defined]
    assert str(reason_of(error).say("en")).startswith(reason)  # type: ignore[union-attr]


# -- processes -----------------------------------------------------------------------------------

SPAWNED = """\
import multiprocessing, os, sys
from plantrack.cli import run
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    {leave}(run(sys.argv[1:]))
"""


@pytest.mark.parametrize("leave", ["sys.exit", "os._exit"])
def test_processes_start_as_on_windows(capfd: Captured, tmp_path: Path, leave: str) -> None:
    """Whoever calls leaves as Python does, or as the command does: nothing is left behind to be warned of."""
    script = tmp_path / "一 个.py"
    script.write_text(SPAWNED.format(leave=leave), encoding="utf-8")
    arguments = ["validate", "tests/cases/plans/invalid", "-f", "json"]
    done = subprocess.run(
        [sys.executable, str(script), *arguments, "-j", "2", "--no-cache"], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert run(arguments) == 1
    assert done.stdout.decode() == capfd.readouterr().out
