"""Who may import whom: the contracts of pyproject.toml, and the files that must stand alone."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT


def test_import_contracts_are_kept():
    linter = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("path", "packages"),
    [("core/ledger/verifier.py", {"psycopg"}), ("manage.py", {"bootstrap", "config"}), ("bootstrap.py", set())],
)
def test_files_that_stand_alone(path: str, packages: set[str]):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    tops = {name.partition(".")[0] for name in imported}
    assert tops - set(sys.stdlib_module_names) == packages
