"""What the repository promises to hold."""

import json
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_model_is_whole_and_says_what_it_was_made_of():
    model = ROOT / "pipeline" / "model"
    config = json.loads((model / "config.json").read_text("utf-8"))
    assert config["classpath"] == "pipeline.recognize.ner.char_ner.CharNER"
    assert {"config.json", "vocabs.json", "model.pt", "scores.json", "README.md"} <= {p.name for p in model.iterdir()}
    card = (model / "README.md").read_text("utf-8")
    scores = json.loads((model / "scores.json").read_text("utf-8"))
    for corpus, by_type in scores.items():
        assert corpus in card
        assert f"{by_type['all']['f1']:.1f}" in card


def test_the_changelog_names_the_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
