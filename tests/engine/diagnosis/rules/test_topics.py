from engine.diagnosis.coach import RULES
from engine.diagnosis.rules.topics import TOPICS


def test_every_rule_is_about_a_topic_and_every_topic_has_a_rule():
    assert {rule.topic for rule in RULES} == set(TOPICS)
