"""Compiles the stages to machine code with mypyc while a wheel is built, where HATCH_BUILD_HOOKS_ENABLE=1 asks for it.

(The plugin hatch-mypyc would leave the libraries beside the sources, and Python would run them whatever became of the
sources.)
"""

from __future__ import annotations

import os
from contextlib import chdir
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

COMPILED = (
    "alignment.py",
    "document.py",
    "hashing.py",
    "patterns.py",
    "rulebook.py",
    "write.py",
    "clean/*.py",
    "normalize/*.py",
    "recognize/*.py",
    "recognize/names/*.py",
    "relate/*.py",
    "relate/quantities/*.py",
    "segment/*.py",
)
"""What is worth it, in `pipeline`: all that runs for each document, save the model and what is pydantic's."""


class CompiledStages(BuildHookInterface):
    """Adds the libraries to the wheel; the sources stay in it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles what changed since the last build; pip asks for one to read the metadata, and for another."""
        from mypyc.build import mypycify
        from setuptools import Distribution
        from setuptools.command.build_ext import build_ext

        if version == "editable":
            raise ValueError("an editable install runs the sources: only a wheel holds compiled stages")
        root, folder = Path(self.root), Path(self.root, "build", "mypyc")
        found = {glob: list((root / "pipeline").glob(glob)) for glob in COMPILED}
        if nothing := [glob for glob, paths in found.items() if not paths]:
            raise ValueError(f"to compile: no such file in pipeline: {', '.join(nothing)}")
        modules = sorted(str(path.relative_to(root)) for paths in found.values() for path in paths)
        os.environ["MYPY_CACHE_DIR"] = str(folder / "cache")
        with chdir(root):
            # What the imported packages would say of types is not at hand here; `make test` checks the types.
            options = ["--config-file=", "--ignore-missing-imports"]
            libraries = mypycify([*options, *modules], opt_level="3", debug_level="0", target_dir=str(folder))
            if os.name == "posix":
                # Else every call between the stages goes by way of a table, where another library could replace it.
                for library in libraries:
                    library.extra_compile_args.append("-fvisibility=hidden")
            command = build_ext(Distribution({"name": self.metadata.name, "ext_modules": libraries}))
            command.build_lib, command.build_temp = str(folder / "lib"), str(folder / "temp")
            command.ensure_finalized()
            command.run()
        built = [Path(path) for path in command.get_outputs()]
        build_data["force_include"] |= {str(path): str(path.relative_to(folder / "lib")) for path in built}
        build_data |= {"pure_python": False, "infer_tag": True}
