"""Who could work with somebody: suggestions with reasons, from what colleagues chose to say, never a score."""

import pytest

from leeward.access.policy import Action, Role
from leeward.cases.models import Wall
from leeward.cases.pages.wishes import matching
from leeward.staff.models import About, Team
from tests import make
from tests.cases.asking import answers, said, sees
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


def says_about_herself(worker: Worker, **words: object) -> None:
    with make.entering(worker, Action.OWN_ACCOUNT):
        everyone = Team.objects.get(everyone=True)
        About.objects.create(person=worker.person, everyone=everyone, words=words)


def wishes(cast: Cast, *wished: str, **told: str) -> None:
    answers(cast.ama, "profile_change", cast.dee, **told)
    answers(cast.ama, "wishes", cast.dee, worker_wishes=list(wished), version=1 if told else 0)


def suggested(cast: Cast) -> dict[str, list[str]]:
    with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
        return {each.person.name: each.reasons for each in matching(file)["suggestions"]}


class TestWishes:
    def test_a_language_is_found_with_its_reason(self, cast: Cast) -> None:
        says_about_herself(cast.ben, languages=["Tigrinya", "English"])
        wishes(cast, "language", languages="Tigrinya at home, some English")
        assert suggested(cast) == {"Ben": ["speaks Tigrinya, as wished"]}

    def test_the_language_on_the_card_counts_too(self, cast: Cast) -> None:
        says_about_herself(cast.ben, languages=["Español"])
        answers(cast.ama, "change_card", cast.dee, name="Dee", language="Español, some English", version=1)
        wishes(cast, "language")
        assert suggested(cast) == {"Ben": ["speaks Español, as wished"]}

    def test_only_what_was_wished_is_a_reason(self, cast: Cast) -> None:
        says_about_herself(cast.ben, languages=["Tigrinya"], gender="man")
        wishes(cast, "woman", languages="Tigrinya")
        assert suggested(cast) == {}

    @pytest.mark.parametrize(
        ("wish", "gender", "fits"),
        [
            ("woman", "woman", True),
            ("woman", "she/her", True),
            ("man", "woman", False),
            ("man", "trans man", True),
            ("beyond", "Two-Spirit", True),
            ("beyond", "woman", False),
        ],
    )
    def test_gender_as_colleagues_say_it_themselves(
        self, cast: Cast, wish: str, gender: str, fits: bool
    ) -> None:
        says_about_herself(cast.ben, gender=gender)
        wishes(cast, wish)
        assert bool(suggested(cast)) is fits

    def test_somebody_from_outside_the_community_is_a_word_of_care_and_no_reason(self, cast: Cast) -> None:
        says_about_herself(cast.ben, culture="Oromo")
        wishes(cast, "outside", culture="Oromo, from Bale")
        assert suggested(cast) == {"Ben": []}
        assert "They wish for somebody from outside it" in said(sees(cast.ama, "wishes", cast.dee))

    def test_what_was_lived_through_is_never_read_from_a_screen(self, cast: Cast) -> None:
        says_about_herself(cast.ben, more="has lived through something like it")
        wishes(cast, "lived")
        assert suggested(cast) == {}
        assert "Ask colleagues in person" in said(sees(cast.ama, "wishes", cast.dee))

    def test_a_wish_that_nobody_meets_is_said(self, cast: Cast) -> None:
        wishes(cast, "language", languages="Dari")
        assert "Nobody in this team has said so about themselves" in said(sees(cast.ama, "wishes", cast.dee))

    def test_nobody_of_another_team_or_before_a_wall_comes_to_mind(self, cast: Cast) -> None:
        walled = cast.somebody(Role.CASE_MANAGER)
        for worker in (cast.cyd, walled):
            says_about_herself(worker, languages=["Tigrinya"])
        Wall.objects.create(case=cast.dee, person=walled.person)
        wishes(cast, "language", languages="Tigrinya")
        assert suggested(cast) == {}

    def test_there_is_no_score_anywhere(self, cast: Cast) -> None:
        says_about_herself(cast.ben, languages=["Tigrinya"])
        wishes(cast, "language", languages="Tigrinya")
        page = said(sees(cast.ama, "wishes", cast.dee))
        assert "%" not in page
        assert "A suggestion, no score" in page

    def test_nobody_writes_over_a_colleague(self, cast: Cast) -> None:
        answers(cast.ama, "wishes", cast.dee, worker_wishes_more="A woman.")
        answer = answers(cast.ben, "wishes", cast.dee, worker_wishes_more="Anybody.")
        assert answer.status_code == 409
        assert "A woman." in said(answer)

    @pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.ON_CALL, Role.HOUSE_STAFF])
    def test_who_sees_little_gets_what_is_nowhere(self, cast: Cast, role: Role) -> None:
        assert sees(cast.somebody(role), "wishes", cast.dee).status_code == 404
