"""`zhengce rules`: check and list the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from pipeline.cli.console import RulesOption, fail, show

if TYPE_CHECKING:
    from pipeline.rulebook import Rulebook

rules_app = typer.Typer(
    help="Check and list the rules: those shipped, and those of --rules.", no_args_is_help=True, rich_markup_mode=None
)


@rules_app.command("check")
def check_command(rules: RulesOption = None) -> None:
    """Run every rule's own examples.

    \b
    Examples:
      zhengce rules check
      zhengce rules check --rules my-rules

    Exit code: 0 all hold, 1 an example fails, 2 a rule file is broken.
    """
    from pipeline.rule_files import RulebookError
    from pipeline.rulecheck import check_rules

    rulebook = _load(rules)
    try:
        failures = list(check_rules(rulebook))
    except RulebookError as error:
        fail(str(error))
    for failure in failures:
        show(str(failure))
    examples = sum(len(c.rule.positive) + len(c.rule.negative) for c in rulebook.rules)
    outcome = f"{len(failures)} fail" if failures else "all hold"
    show(f"{len(rulebook.rules)} rules, {examples} examples, {outcome}")
    raise typer.Exit(1 if failures else 0)


@rules_app.command("list")
def list_command(rules: RulesOption = None) -> None:
    """List the rules: id, kind, status and description, parted by tabs."""
    for compiled in _load(rules).rules:
        rule = compiled.rule
        show("\t".join((rule.id, rule.kind, rule.status, " ".join(rule.description.split()))))


def _load(rules: RulesOption) -> Rulebook:
    from pipeline.rule_files import RulebookError
    from pipeline.rulebook import load_rulebook

    try:
        return load_rulebook(rules or ())
    except RulebookError as error:
        fail(str(error))
