"""Names, papers and birth dates lie apart; what was done to somebody is told once, for those who need to know."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.actions import CannotDo, people
from leeward.cases.models import CareTeamMember, Harm, Identity, WordSet
from leeward.vault import wordset
from leeward.vault.scopes import Compartment
from tests import make
from tests.cases.asking import answers, said, sees
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages")]

PAPERS = {"papers-TOTAL_FORMS": "2", "papers-INITIAL_FORMS": "0"}


def tell(cast: Cast, **told: str) -> object:
    return answers(cast.ama, "identity_change", cast.dee, **PAPERS, **told)


class TestAsTheLawKnowsThem:
    def test_a_name_to_call_them_by_is_enough_for_everything_else(self, cast: Cast) -> None:
        assert "is enough for everything else" in said(sees(cast.ama, "identity", cast.dee))
        assert not Identity.objects.exists()

    def test_what_a_paper_needs_is_kept_and_shown_there_alone(self, cast: Cast) -> None:
        tell(cast, legal_name="Delphine Arceneaux", born_on="2001-04-09")
        assert "Delphine Arceneaux" in said(sees(cast.ama, "identity", cast.dee))
        for elsewhere in ("profile", "reach", "more", "says", "desk:person"):
            assert "Arceneaux" not in sees(cast.ama, elsewhere, cast.dee).content.decode()

    def test_papers_are_lines_and_an_empty_one_is_left_out(self, cast: Cast) -> None:
        tell(cast, **{"papers-0-kind": "Passport", "papers-0-where": "held by the recruiter"})
        with make.opening(cast.dee, cast.ama):
            assert Identity.objects.get().words["papers"] == [
                {"kind": "Passport", "where": "held by the recruiter"}
            ]
        assert "held by the recruiter" in said(sees(cast.ama, "identity", cast.dee))

    def test_search_never_looks_here(self, cast: Cast) -> None:
        tell(cast, legal_name="Delphine Arceneaux")
        with make.opening(cast.dee, cast.ama):
            assert "arceneaux" not in wordset.unpack(WordSet.objects.get(case=cast.dee).words)

    def test_it_lies_in_a_part_of_its_own(self, cast: Cast) -> None:
        tell(cast, legal_name="Delphine Arceneaux")
        with make.opening(cast.dee, cast.ama, Action.IDENTITY) as file:
            assert file.compartments == {Compartment.CARD, Compartment.IDENTITY}

    def test_a_birth_date_in_the_future_is_asked_again(self, cast: Cast) -> None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        answer = tell(cast, legal_name="Delphine", born_on=tomorrow.isoformat())
        assert answer.status_code == 422  # type: ignore[attr-defined]
        assert "look at the year again" in said(answer)
        assert "Delphine" in answer.content.decode()  # type: ignore[attr-defined]

    def test_nobody_writes_over_a_colleague(self, cast: Cast) -> None:
        tell(cast, legal_name="Delphine")
        answer = answers(cast.ben, "identity_change", cast.dee, **PAPERS, legal_name="Delfina")
        assert answer.status_code == 409
        assert "Name on their papers: Delfina" in said(answer)
        assert "Name on their papers: Delphine" in said(answer)

    @pytest.mark.parametrize(
        "role", [Role.PEER_SUPPORTER, Role.OUTREACH_WORKER, Role.VOLUNTEER, Role.HOUSE_STAFF, Role.ON_CALL]
    )
    def test_who_walks_along_in_another_role_never_opens_it(self, cast: Cast, role: Role) -> None:
        somebody = cast.somebody(role)
        CareTeamMember.objects.create(case=cast.dee, person=somebody.person)
        assert sees(somebody, "identity", cast.dee).status_code == 404
        assert answers(somebody, "identity_change", cast.dee, **PAPERS, legal_name="x").status_code == 404

    def test_another_team_gets_what_is_nowhere(self, cast: Cast) -> None:
        assert sees(cast.cyd, "identity", cast.dee).status_code == 404


class TestToldOnce:
    def test_it_is_folded_and_says_whether_to_ask_again(self, cast: Cast) -> None:
        answers(cast.ama, "harm_new", cast.dee, text="Hard words.", told_on="2026-01-31")
        content = sees(cast.ama, "history", cast.dee).content.decode()
        assert "do not ask again" in content
        veil = content.partition("Hard words.")[0].rpartition("<details")[2]
        assert "open" not in veil.partition(">")[0]

    def test_the_supervisor_and_those_who_walk_along_open_it(self, cast: Cast) -> None:
        along = cast.somebody(Role.CASE_MANAGER)
        assert sees(along, "history", cast.dee).status_code == 404
        CareTeamMember.objects.create(case=cast.dee, person=along.person)
        assert [sees(who, "history", cast.dee).status_code for who in (along, cast.ama, cast.ben)] == [
            200
        ] * 3

    @pytest.mark.parametrize("role", [Role.PEER_SUPPORTER, Role.OUTREACH_WORKER, Role.HOUSE_STAFF])
    def test_a_role_that_does_not_need_it_never_opens_it(self, cast: Cast, role: Role) -> None:
        somebody = cast.somebody(role)
        CareTeamMember.objects.create(case=cast.dee, person=somebody.person)
        assert sees(somebody, "history", cast.dee).status_code == 404

    def test_only_the_writer_changes_the_words(self, cast: Cast) -> None:
        row = uuid4()
        answers(cast.ama, "harm_new", cast.dee, row_id=row, text="Hard words.")
        answers(cast.ben, "harm_change", cast.dee, row, row_id=row, version=1, text="Others.", may_ask="on")
        with make.opening(cast.dee, cast.ama, Action.HISTORY):
            words = Harm.objects.get().words
        assert (words["text"], words["may_ask"]) == ("Hard words.", True)
        with make.opening(cast.dee, cast.ben, Action.HISTORY) as file, pytest.raises(CannotDo):
            people.keep_harm(file, row_id=row, facts={"text": "Others."}, version=2)

    def test_it_never_stands_on_the_participants_page(self, cast: Cast) -> None:
        answers(cast.ama, "harm_new", cast.dee, text="Hard words.")
        assert "Hard words." not in sees(cast.ama, "desk:person", cast.dee).content.decode()
