"""The house rules that a machine can check. Each failure says what to do about it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)")


def list_packages(path: Path) -> list[str]:
    """Package names of an .in file, without versions, extras and comments."""
    lines = (line.split("#")[0].strip() for line in path.read_text().splitlines())
    return [found[1].lower() for line in lines if (found := NAME.match(line))]


def test_data_goes_one_way_through_the_rooms() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"An import goes up the picture:\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("path", sorted(REQUIREMENTS.iterdir()), ids=lambda path: path.name)
def test_no_requirement_says_where_to_download_from(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\w+://|\bgit\+", text), "an address: each place sets its own index"
    assert not re.search(r"^\s*(-i|-f|--(extra-)?index-url|--find-links|--trusted)", text, re.M)


@pytest.mark.parametrize("name", ["app.txt", "dev.txt"])
def test_every_locked_package_is_pinned_with_hashes(name: str) -> None:
    text = (REQUIREMENTS / name).read_text().replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines()]
    locked = [line for line in lines if line and not line.startswith("#")]
    assert len(locked) > 10
    for line in locked:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+", line), f"not pinned: {line}"
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), f"without hash: {line[:60]}"


@pytest.mark.parametrize("kind", ["app", "dev"])
def test_every_wanted_package_is_in_its_lock_file(kind: str) -> None:
    locked = set(re.findall(r"^([a-z0-9._-]+)", (REQUIREMENTS / f"{kind}.txt").read_text(), re.M))
    wanted = set(list_packages(REQUIREMENTS / f"{kind}.in"))
    assert wanted <= locked, f"run make lock: {sorted(wanted - locked)}"


def test_every_dependency_is_explained() -> None:
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1].strip(" `").lower() for line in text.splitlines() if "|" in line]
    explained = {NAME.match(row)[1] for row in rows if NAME.match(row)}  # type: ignore[index]
    wanted = {one for path in REQUIREMENTS.glob("*.in") for one in list_packages(path)}
    assert wanted <= explained, f"docs/dependencies.md lacks {sorted(wanted - explained)}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_escapes_everything_and_holds_no_style_or_script(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\|\s*safe\b|\bMarkup\(|autoescape", text), "shows text unescaped"
    assert not re.search(r"""[\s"']style\s*=""", text), "style belongs into the style sheet"
    assert not re.search(r"""[\s"']on[a-z]+\s*=\s*["'{]""", text), "a handler the CSP forbids"
    assert "javascript:" not in text.lower()
    for tag in re.findall(r"<script\b[^>]*>", text):
        is_data = 'type="application/json"' in tag
        assert is_data or "src=" in tag, f"inline script, which the CSP forbids: {tag}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_imports_by_name_what_exists_and_only_what_it_uses(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    imports = re.findall(
        r'{%-?\s*from\s+"([^"]+)"\s+import\s+([^%]+?)\s*(?:with context\s*)?-?%}', text
    )
    body = re.sub(r"{%-?\s*from[^%]+%}", "", text)
    for source, names in imports:
        defined = re.findall(r"{%-?\s*macro\s+(\w+)", (ROOT / "templates" / source).read_text())
        for name in (one.split(" as ")[-1].strip() for one in names.split(",")):
            assert re.search(rf"\b{name}\s*\(", body), f"{name} is imported but not used"
        for name in (one.split(" as ")[0].strip() for one in names.split(",")):
            assert name in defined, f"{source} has no macro {name}"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_loads_nothing_from_another_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"""(src|href|action)\s*=\s*["'](https?:)?//""", text)
