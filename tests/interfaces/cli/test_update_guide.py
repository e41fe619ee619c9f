"""The guide "Actualizar un plan" works as it is written, from the demonstration to the last plan carried over."""

import re

import pytest

from tests.real import guide

GUIDE = guide.REPOSITORY / "docs" / "guides" / "actualizar-un-plan.md"
STOPS = {"yupana import instrument borrador.csv": 3}  # the one command that the guide lets fail


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[guide.Step, int, str]]:
    """Every command in its order, in a folder of its own, with how it ended and what it said."""
    folder = tmp_path_factory.mktemp("ensayo")
    told = []
    for step in guide.steps(GUIDE):
        said = guide.shell(step.command, folder / "home", folder, folder)
        told.append((step, said.returncode, said.stdout))
    return told


def test_every_command_ends_as_the_guide_says(answers: list[tuple[guide.Step, int, str]]) -> None:
    ended = {step.command: code for step, code, _ in answers if code}
    assert (len(answers) > 20, ended) == (True, STOPS)


def test_every_command_answers_as_the_guide_says_and_in_that_order(
    answers: list[tuple[guide.Step, int, str]],
) -> None:
    unlike = []
    for step, _, answer in answers:
        lines = iter(answer.splitlines())
        unlike += [
            (step.command, line, answer) for line in step.seen if not any(said.startswith(line) for said in lines)
        ]
    assert unlike == []


def test_the_numbers_of_the_carried_rows_add_up() -> None:
    text = guide.text(GUIDE)
    [(every, sure, open_)] = re.findall(r"De (\d+) actividades, (\d+) saben adónde ir\. Las otras (\d+)", text)
    carried = [int(number) for number in re.findall(r"^ +(\d+)  (?:el mismo|el ítem en|sin ítem)", text, re.MULTILINE)]
    assert (int(every), int(sure)) == (sum(carried), sum(carried) - int(open_))


def test_every_part_of_the_update_has_its_command() -> None:
    told = " ".join(step.command for step in guide.steps(GUIDE))
    parts = ("export", "import", "lint", "applies", "consult answer", "consult close", "publish", "--document",
             "diff", "impact", "--since", "call carry", "verify")  # fmt: skip
    assert [each for each in parts if each not in told] == []


def test_the_guide_keeps_its_home_out_of_the_demonstrations() -> None:
    assert re.findall(r'^export YUPANA_HOME="(.+)"$', guide.text(GUIDE), re.MULTILINE) == ["$HOME/yupana-ensayo"]


def test_the_pages_that_the_guide_names_are_there() -> None:
    linked = re.findall(r"\]\(([a-z-]+\.md)\)", guide.text(GUIDE))
    assert (len(linked) > 0, [each for each in linked if not (GUIDE.parent / each).is_file()]) == (True, [])
