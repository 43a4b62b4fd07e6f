"""The one command of this repository: python run.py demo|test|check|bench|screenshots.

Only the standard library is used here, and only words that Python 3.8 understands, so that a machine
without a Python that is new enough hears one clear sentence instead of an error.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = str(SCRIPTS / ("python.exe" if WINDOWS else "python"))

LEAST = (3, 12)
INTERRUPTED = 130  # what a shell answers for a command that was stopped with Ctrl-C
NOTHING_TO_RUN = 5  # what pytest answers when no test was chosen


def say(words: str) -> None:
    """Tell the person at the terminal what is happening, in one line."""
    print("leeward: " + words, flush=True)


def stop(words: str) -> NoReturn:
    """Say why it does not go on, and what to do about it."""
    print("leeward: " + words, file=sys.stderr, flush=True)
    raise SystemExit(1)


# ---------------------------------------------------------------- a Python that is new enough


def wanted() -> tuple[int, ...]:
    """The Python that .python-version names; any other from 3.12 on will do, too."""
    named = (ROOT / ".python-version").read_text(encoding="ascii").strip()
    return tuple(int(number) for number in named.split(".")[:2])


def places() -> Iterator[Path]:
    """Where Pythons lie by the customs of systems and version managers, besides the search path."""
    home = Path.home()
    pyenv = Path(os.environ.get("PYENV_ROOT") or home / ".pyenv")
    uv = Path(os.environ.get("UV_PYTHON_INSTALL_DIR") or home / ".local/share/uv/python")
    yield from pyenv.glob("versions/3.*/bin/python")
    yield from pyenv.glob("pyenv-win/versions/3.*/python.exe")
    yield from uv.glob("cpython-3.*/bin/python3")
    yield from Path(os.environ.get("APPDATA") or home).glob("uv/python/cpython-3.*/python.exe")
    yield from Path(os.environ.get("LOCALAPPDATA") or home).glob("Programs/Python/Python3*/python.exe")


def candidates() -> Iterator[list[str]]:
    """Commands that may start a Python: this one, those on the search path, those in customary places."""
    yield [sys.executable]
    folders = [folder for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    for name in ["python3", "python", *(f"python3.{minor}" for minor in range(LEAST[1], 20))]:
        # Every one of that name, not only the first: a version manager's shim may lead nowhere.
        found = (shutil.which(name, path=folder) for folder in folders)
        yield from ([path] for path in found if path)
    if shutil.which("py"):
        yield ["py", "-3"]
    yield from ([str(path)] for path in places())


def version_of(command: list[str]) -> tuple[int, ...]:
    """Ask a Python what it is; one that does not answer is none."""
    question = [*command, "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        answer = subprocess.run(
            question, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20, check=True
        )
        return tuple(int(number) for number in answer.stdout.split())
    except (OSError, ValueError, subprocess.SubprocessError):
        return (0, 0)


def best_python() -> list[str]:
    """The Python that .python-version names where there is one, else the newest."""
    ideal, best = wanted(), [sys.executable]
    best_version = version_of(best)
    for command in candidates():
        version = version_of(command)
        if version == ideal:
            return command
        if version > best_version:
            best, best_version = command, version
    if best_version < LEAST:
        stop(
            "Leeward needs Python 3.12 or newer, and there is none here: "
            "please install one, from your system's packages or from python.org, and run this again."
        )
    return best


# ---------------------------------------------------------------- the environment


def fingerprint(pins: str) -> str:
    """What the environment depends on: the pins, the project's own file, the interpreter, the folder."""
    told = hashlib.sha256(str(ROOT).encode())  # a moved folder leaves scripts behind that lead nowhere
    for part in (f"requirements/{pins}", "requirements/build.txt", "pyproject.toml", ".venv/pyvenv.cfg"):
        told.update((ROOT / part).read_bytes())
    return told.hexdigest()


def ready(pins: str) -> bool:
    """Whether an earlier run has installed exactly this, or what development needs, which includes it."""
    if version_of([PYTHON]) < LEAST:
        return False
    stamps = {name: VENV / f"leeward-{name}" for name in (pins, "dev.txt")}
    return any(stamp.is_file() and stamp.read_text() == fingerprint(name) for name, stamp in stamps.items())


def create() -> None:
    """Make a fresh .venv; on Debian and its kin that takes a package which not every machine has."""
    python = best_python()
    if subprocess.call([*python, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL) != 0:
        package = "python{}.{}-venv".format(*version_of(python))
        stop(
            f"this Python cannot make environments yet: run `apt install {package}` as root, then this again."
        )
    say("making .venv with " + " ".join(python))
    if subprocess.call([*python, "-m", "venv", "--clear", str(VENV)]) != 0:
        shutil.rmtree(str(VENV), ignore_errors=True)
        stop("the environment could not be made; the lines above say why.")


def pip(*words: str) -> bool:
    """Run the environment's own pip; an environment that `uv run` made has to be given it first."""
    if subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) != 0:
        subprocess.call([PYTHON, "-m", "ensurepip"], stdout=subprocess.DEVNULL)
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *words]
    return subprocess.call(command, cwd=str(ROOT)) == 0


def uv(*words: str) -> bool:
    """Install with uv, which takes seconds."""
    command = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON, *words]
    return subprocess.call(command, cwd=str(ROOT)) == 0


def install(pins: str) -> bool:
    """Install what is pinned, each file checked against its hash, and then the project itself."""
    hashed = ["--require-hashes", "-r", f"requirements/{pins}"]
    itself = ["--no-deps", "-e", "."]
    if pip("--require-hashes", "--only-binary", ":all:", "-r", "requirements/build.txt"):
        return uv(*hashed) and uv("--no-build-isolation", *itself)
    say("uv cannot be had here; pip does the same, more slowly")
    return pip(*hashed) and pip(*itself)


def prepare(pins: str) -> None:
    """Have everything in place that a command needs; a second run finds it there and goes on at once."""
    if ready(pins):
        return
    if version_of([PYTHON]) < LEAST:
        create()
    say(f"installing what requirements/{pins} pins (only when that changes)")
    if not install(pins):
        stop("not everything could be installed; the lines above say why.")
    (VENV / f"leeward-{pins}").write_text(fingerprint(pins))


def wait_for(process: subprocess.Popen[bytes]) -> int:
    """Wait for a command; Ctrl-C has reached it too, so it is given the time to put its things away."""
    try:
        return process.wait()
    except KeyboardInterrupt:
        wait_for(process)
        return INTERRUPTED


def call(*words: str, folder: Path = ROOT) -> int:
    """Run one Python command of the environment to its end; its exit code is ours."""
    path = os.pathsep.join([str(SCRIPTS), os.environ.get("PATH", "")])
    with subprocess.Popen([PYTHON, *words], cwd=str(folder), env=dict(os.environ, PATH=path)) as process:
        return wait_for(process)


def demo(words: list[str]) -> int:
    """Open a synthetic agency in the browser; everybody in it is invented."""
    prepare("base.txt")
    return call("-m", "leeward", "demo", *words, folder=Path.cwd())


def workers(words: list[str]) -> list[str]:
    """One test worker per core; none where somebody watches a single test or has said how many."""
    alone = ("-n", "--pdb", "-s", "--co", "--fixtures", "--markers", "--help")
    if any("::" in word or word.startswith(alone) for word in words):
        return []
    return ["-n", str(min(os.cpu_count() or 1, 8)), "--dist", "loadgroup"]


def test(words: list[str]) -> int:
    """Run the tests on SQLite, then those marked `postgres` again on a throwaway PostgreSQL."""
    prepare("dev.txt")
    pytest = ["-m", "pytest", *workers(words), *words]
    first = call(*pytest)
    if first == INTERRUPTED:
        return first
    say("The tests marked postgres, on PostgreSQL")
    second = call("-m", "tests.postgres", *pytest, "-m", "postgres")
    if words and second == NOTHING_TO_RUN:  # whoever names tests may name some that are not for PostgreSQL
        second = 0
    return first or second


def checks() -> Iterator[tuple[str, list[str]]]:
    """What `check` looks at, the quick ones first."""
    pages = sorted(str(path) for path in ROOT.glob("src/leeward/**/templates/**/*.html"))
    lint = "from importlinter.cli import lint_imports_command as lint; lint()"
    yield "ruff", ["-m", "ruff", "check", "--output-format", "concise", "."]
    yield "format", ["-m", "ruff", "format", "--check", "."]
    yield "contracts", ["-c", lint, "--no-logo"]
    djade = "import subprocess, sys; sys.exit(subprocess.call(['djade', *sys.argv[1:]]))"
    yield "templates", ["-c", djade, "--check", "--target-version", "6.1", *pages]
    yield "types", ["-m", "mypy"]
    yield "migrations", ["-m", "leeward", "django", "makemigrations", "--check", "--dry-run"]
    yield "translations", ["-m", "scripts.translations", "check"]


def check(words: list[str]) -> int:
    """Check style, the house's arrows, templates, types, migrations, translations; or only those named."""
    prepare("dev.txt")
    os.environ["LEEWARD_DATABASE"] = "sqlite:///:memory:"  # nothing is checked against anybody's store
    unwell = []
    for name, command in checks():
        if words and name not in words:
            continue
        say("checking " + name)
        code = call(*command)
        if code == INTERRUPTED:
            return code
        unwell += [name] if code else []
    say("to look at: " + ", ".join(unwell) if unwell else "all is well")
    return 1 if unwell else 0


def bench(words: list[str]) -> int:
    """Measure how fast it is, against the same thing without sealing."""
    prepare("dev.txt")
    return call("-m", "bench", *words)


def screenshots(words: list[str]) -> int:
    """Take the pictures of the documentation from the synthetic agency."""
    prepare("dev.txt")
    return call("-m", "scripts.screenshots", *words)


def lock(words: list[str]) -> int:
    """Write the pins anew after pyproject.toml changed; `--upgrade` takes the newest of everything."""
    prepare("dev.txt")
    compiled = ["-m", "uv", "pip", "compile", "--quiet", "--universal", "--generate-hashes", "--no-header"]
    whole = ["pyproject.toml"]
    locks = {"base": whole, "dev": [*whole, "--group", "dev"], "build": ["--group", "build"]}
    for name, sources in locks.items():
        code = call(*compiled, "--python-version", "3.12", *sources, "-o", f"requirements/{name}.txt", *words)
        if code:
            return code
    return 0


def clean(_words: list[str]) -> int:
    """Remove what these commands made: the environment and caches; never anybody's data."""
    for path in (VENV, ROOT / ".hypothesis", *ROOT.glob(".*_cache")):
        shutil.rmtree(str(path), ignore_errors=True)
    return 0


COMMANDS = {each.__name__: each for each in (demo, test, check, bench, screenshots, lock, clean)}


def main(words: list[str]) -> int:
    """Do what the first word says; without one, say which words there are."""
    if words and words[0] in COMMANDS:
        command = COMMANDS[words[0]]
        say((command.__doc__ or "").rstrip("."))
        return command(words[1:])
    print("usage: python run.py COMMAND [arguments]\n")
    for name, command in COMMANDS.items():
        print(f"  {name:<12} {command.__doc__}")
    return 0 if words and words[0] in {"-h", "--help", "help"} else 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
