from django.utils.translation import override

from leeward.access.policy import Action, Role
from leeward.access.words import ACTION_NAMES, ROLE_DESCRIPTIONS, ROLE_NAMES


def test_every_role_and_action_has_its_words() -> None:
    assert set(ROLE_NAMES) == set(ROLE_DESCRIPTIONS) == set(Role)
    assert set(ACTION_NAMES) == set(Action)


def test_every_description_says_what_stays_shut() -> None:
    with override("en"):
        assert all("stay" in str(words) and "shut" in str(words) for words in ROLE_DESCRIPTIONS.values())
