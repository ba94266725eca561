"""Nothing imports upwards."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline"

# From the ground up. A module may import from layers below its own, and from its own folder.
LAYERS = [
    ["alignment", "hashing", "patterns"],
    ["document"],
    ["records", "rule_files"],
    ["rulebook"],
    ["settings"],
    ["read"],
    ["clean"],
    ["segment"],
    ["recognize"],
    ["normalize"],
    ["relate"],
    ["stages", "write", "training"],
    ["batch", "rulecheck", "spacy_bridge", "tables"],
    ["diff", "review"],
    ["cli"],
]
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}


def modules():
    return sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names = [node.module or ""] if node.module != "pipeline" else [f"pipeline.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        yield from (name.split(".")[1] for name in names if name.startswith("pipeline."))


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_below(path):
    room = room_of(path)
    assert room in LEVEL, f"{room} has no place in the layers"
    for other in imported_rooms(path):
        if other != room:
            assert LEVEL[other] < LEVEL[room], f"{path.name} imports {other}"


def test_every_layer_names_a_room_that_exists():
    rooms = {room_of(p) for p in modules()}
    assert rooms == set(LEVEL)
