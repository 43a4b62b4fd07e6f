"""What the agency learnt stands beside the words of whoever names the same, and before a first meeting (C6)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leeward.access.models import Line
from leeward.access.policy import Action
from leeward.cases.actions import people
from leeward.cases.words.people import UNSAID
from leeward.staff.models import CommunityNote
from tests import make
from tests.cast import Cast
from tests.staff.test_communities import keep, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]


class TestBesideTheirWords:
    def profile(self, cast: Cast, **words: str) -> None:
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            people.change_profile(file, facts=words, version=0)

    @pytest.mark.parametrize("field", ["languages", "dialects", "culture", "nation", "faith", "calendar"])
    @pytest.mark.parametrize("place", ["words", "first-meeting"])
    def test_it_stands_beside_them_and_before_a_first_meeting(
        self, cast: Cast, field: str, place: str
    ) -> None:
        keep(cast.ben)
        url = f"/people/{cast.dee.pk}/{place}/"
        assert "Ask which town." not in text(cast.ama, url)
        self.profile(cast, **{field: "Mam"})
        page = text(cast.ama, url)
        assert "Ask which town." in page
        assert "Ask, do not assume: it is about many people, and they are one." in page

    def test_the_language_on_the_card_counts(self, cast: Cast) -> None:
        keep(cast.ben)
        case = make.a_case(by=cast.ama, name="Fay", language="Mam")
        assert "Ask which town." in text(cast.ama, f"/people/{case.pk}/words/")

    @pytest.mark.parametrize("words", [{"nation": UNSAID}, {"strengths": "Mam taught her to sew"}])
    def test_nothing_else_of_theirs_does(self, cast: Cast, words: dict[str, str]) -> None:
        keep(cast.ben, about=f"Mam, {UNSAID}")
        self.profile(cast, **words)
        assert "Ask which town." not in text(cast.ama, f"/people/{cast.dee.pk}/words/")

    def test_what_fitted_is_written_nowhere(self, cast: Cast) -> None:
        note = keep(cast.ben)
        self.profile(cast, nation="Mam")
        before = Line.objects.latest("seq").seq
        text(cast.ama, f"/people/{cast.dee.pk}/words/")
        things = [line.things for line in Line.objects.filter(seq__gt=before)]
        assert things == [[str(cast.dee.pk)]]
        assert CommunityNote.objects.get(pk=note).version == 1

    def test_more_of_them_ask_no_more_of_the_database(self, cast: Cast) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as asked:
                text(cast.ama, f"/people/{cast.dee.pk}/words/")
            return len(asked)

        self.profile(cast, nation="Mam")
        keep(cast.ben)
        few = queries()
        for number in range(8):
            keep(cast.ben, about=f"Mam, {number}")
        assert queries() == few
