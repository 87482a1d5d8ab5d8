import math

import pytest

from engine.experiment.experiment import Experiment
from engine.training.run import run
from pages._kit.lessons.lesson import MOST_GOALS, Goal, Lesson, are_met, plain, read, write
from pages._kit.runs.outcome import MEASURES, Outcome
from pages._mnist.lens import MNIST
from pages._xor.lens import XOR

XOR = XOR
LESSON = Lesson(
    "Two lines", "Solve XOR with as *few* neurons as you can.\nThen one fewer.",
    ("hidden", "seed"), ("learning_rate",), (Goal("train_error", 0.0), Goal("hidden_neurons", 2)),
)  # fmt: skip
SOLVED = Outcome.of(run(Experiment(hidden=(3,))))


@pytest.mark.parametrize(
    "lesson",
    [
        LESSON,
        Lesson("Only a title"),
        Lesson(task="Only a task"),
        Lesson("Nothing can be turned", shown=()),
        Lesson(goals=tuple(Goal(name, 0.125) for name in list(MEASURES)[:MOST_GOALS])),
    ],
)
def test_a_lesson_travels_in_a_link(lesson):
    assert read(write(lesson), XOR) == (lesson, [])


def test_a_link_without_a_lesson_has_none():
    assert read({"hidden": "3"}, XOR) == (None, [])


@pytest.mark.parametrize(
    ("query", "note"),
    [
        ({"lesson_title": "x" * 81}, "A lesson's title has at most 80 characters"),
        ({"lesson_task": "x" * 100_000}, "A lesson's title has at most 80 characters"),
        ({"lesson_show": "hidden.nonsense"}, "Some knobs the lesson names are not on this page."),
        ({"lesson_lock": "<script>"}, "Some knobs the lesson names are not on this page."),
        ({"lesson_goal": "dev_error:nan"}, "Some goals of the lesson were not usable."),
        ({"lesson_goal": "dev_error:-1~dev_cost:1"}, "Some goals of the lesson were not usable."),
        ({"lesson_goal": "~".join(["dev_cost:1"] * 99)}, "Some goals of the lesson were not"),
        ({"lesson_goal": "dev_error:1_0"}, "Some goals of the lesson were not usable."),
        ({"lesson_goal": "dev_error:٣"}, "Some goals of the lesson were not usable."),
        ({"lesson_goal": "wisdom:3"}, "Some goals of the lesson were not usable."),
    ],
)
def test_what_is_not_usable_is_said_and_left_out(query, note):
    lesson, notes = read(query, XOR)
    assert lesson is not None
    assert len(notes) == 1
    assert notes[0].startswith(note)
    assert len(lesson.title) <= 80
    assert len(lesson.task) <= 1000
    assert len(lesson.goals) <= MOST_GOALS


def test_a_locked_knob_is_seen_as_well():
    assert LESSON.visible(XOR) == ("hidden", "learning_rate", "seed")
    assert Lesson("All").visible(XOR) == XOR.knobs


@pytest.mark.parametrize(
    ("goal", "is_met", "reached"),
    [
        (Goal("train_error", 0.0), True, "now 0.0 %"),
        (Goal("hidden_neurons", 3), True, "now 3"),
        (Goal("hidden_neurons", 2), False, "now 3"),
        (Goal("parameters", 13), True, "now 13"),  # 3 * 2 + 3 + 3 + 1
        (Goal("epochs", 999), False, "now 1,000"),
        (Goal("dev_error", 1.0), False, "this run has no such number"),
    ],
)
def test_a_goal_is_judged_by_the_run(goal, is_met, reached):
    assert goal.is_met(SOLVED) == is_met
    assert goal.reached(SOLVED) == reached


def test_a_run_that_diverged_reaches_nothing():
    gone = Outcome.of(run(Experiment(
        dataset="gaussians", hidden=(4, 4, 4), activation="linear", initializer="large",
        learning_rate=1000.0,
    )))  # fmt: skip
    assert gone.diverged_at is not None
    assert not Goal("hidden_neurons", 99).is_met(gone)
    assert not are_met(LESSON.goals, gone)
    assert are_met((), SOLVED)


def test_a_run_that_diverges_at_its_start_has_an_outcome_too():
    wild = MNIST.defaults.but(
        samples=100, hidden=(128,) * 20, initializer="large", init_scale=100.0
    )
    gone = Outcome.of(run(wild))
    assert gone.diverged_at == 0
    assert math.isnan(MEASURES["train_error"].read(gone))
    assert not Goal("epochs", 99).is_met(gone)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "![x](http://evil/x.png)", "[a](javascript:alert(1))",
        ":red[text] :material/home:", "$\\href{javascript:1}{x}$", "# Heading", "&lt;b&gt;",
        "    code", "```js\nx\n```", "| a | b |", "http://evil.example www.evil.example",
    ],
)  # fmt: skip
def test_a_strangers_text_has_no_sign_left_to_act_on(text):
    shown = plain(text)
    bare = shown.replace("&#8203;", "")
    unescaped = [bare[k] for k in range(len(bare)) if not bare[k].isalnum()
                 and bare[k] not in " \\\n/" and (k == 0 or bare[k - 1] != "\\")]  # fmt: skip
    assert unescaped == []
    assert "://" not in shown
    assert "www\\." not in shown
    assert not any(line.startswith(" ") for line in shown.splitlines())
