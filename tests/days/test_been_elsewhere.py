"""What happened in court leaves no word of it on the timeline; what ended by mistake opens again, and counts once."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases import actions as cases
from leeward.cases.models import CareTeamMember, Entry
from leeward.days import actions
from leeward.days.models import Due
from leeward.days.words.been import note_of
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.days.agreed import DAYS, in_court, soon, text, today, words
from tests.days.counted import YESTERDAY, ended, month, notes, past, spoken

pytestmark = pytest.mark.django_db


class TestInCourt:
    SAID: Any = {
        "hearing": "protection",
        "court": "County court",
        "language": "Arabic",
        "interpreter": "here",
    }

    def test_the_note_has_no_word_of_the_court(self, cast: Cast) -> None:
        due = in_court(cast.dee, cast.ama, day=soon(YESTERDAY), along="me", **self.SAID)
        ended(cast.ama, due, there="together", happened="He looked at her", result="Order granted", next="Appeal",
              minutes="180", travel_minutes="50")  # fmt: skip
        [note] = notes(cast.dee, cast.ama)
        assert note["text"] == "They had an appointment."
        assert not {"language", "interpreter"} & set(note)
        assert [(one.kind, one.minutes, one.travel_minutes) for one in month(cast.ama)] == [
            ("together", 180, 50)
        ]
        assert words(cast.dee, cast.ama, due)["result"] == "Order granted"
        assert spoken(cast.dee, cast.ama)

    def test_nor_where_the_verb_works_it_out(self, cast: Cast) -> None:
        due = in_court(cast.dee, cast.ama, day=soon(YESTERDAY), **self.SAID)
        with make.opening(cast.dee, cast.ama, DAYS) as file:
            actions.happened(file, due, how="happened", told={"happened": "Long"})
        [note] = notes(cast.dee, cast.ama)
        assert not {"language", "interpreter"} & set(note)

    def test_who_may_not_open_the_court_ends_it_with_words_of_their_own(self, cast: Cast) -> None:
        peer = cast.somebody(Role.PEER_SUPPORTER)
        CareTeamMember.objects.create(case=cast.dee, person=peer.person)
        due = in_court(cast.dee, cast.ama, day=soon(YESTERDAY), **self.SAID)
        ended(peer, due, happened="I was with her")
        assert [note["text"] for note in notes(cast.dee, cast.ama)] == ["I was with her"]
        assert len(month(peer)) == 1

    def test_continued_by_letter_leaves_no_note(self, cast: Cast) -> None:
        due = in_court(cast.dee, cast.ama, day=today())
        asked = {"due_id": str(uuid4()), "day": soon(9).isoformat(), "minutes": "60"}
        Browser(cast.ama).post(f"/days/{cast.dee.pk}/{due.pk}/continued/", asked)
        assert Due.objects.get(is_open=True).day == soon(9)
        assert notes(cast.dee, cast.ama) == []

    def test_continued_there_it_counts_once_and_the_next_date_will_too(self, cast: Cast) -> None:
        due = in_court(cast.dee, cast.ama, day=soon(YESTERDAY), **self.SAID)
        asked = {
            "due_id": str(uuid4()),
            "day": soon(YESTERDAY).isoformat(),
            "there": "together",
            "minutes": "180",
        }
        for _click in range(2):
            Browser(cast.ama).post(f"/days/{cast.dee.pk}/{due.pk}/continued/", asked)
        assert [note["text"] for note in notes(cast.dee, cast.ama)] == ["They had an appointment."]
        ended(cast.ama, Due.objects.get(is_open=True), there="together", minutes="20")
        assert sorted(note.minutes for note in month(cast.ama)) == [20, 180]


class TestWhoLivesThereToo:
    def test_is_named_only_after_it_was_asked(self, cast: Cast) -> None:
        cast.somebody(Role.HOUSE_STAFF)
        make.a_case(by=cast.ben, name="Willow", team=cast.harbor)
        due = past(cast)
        page = text(ended(cast.ama, due, happened="Willow came along", minutes="60"))
        assert "This may name somebody who lives there too: <strong>Willow</strong>" in page
        assert "Willow came along</textarea>" in page
        assert (notes(cast.dee, cast.ama), Due.objects.get().is_open) == ([], True)
        ended(cast.ama, due, happened="Willow came along", minutes="60", go_on="1")
        assert len(notes(cast.dee, cast.ama)) == 1


class TestOpenedAgain:
    def test_the_note_goes_and_comes_back_once(self, cast: Cast) -> None:
        due = past(cast)
        ended(cast.ama, due, happened="Well", minutes="60")
        answer = Browser(cast.ama).post(f"/days/{cast.dee.pk}/{due.pk}/again/", follow=True)
        assert "stays on the timeline" not in text(answer)
        assert (notes(cast.dee, cast.ama), spoken(cast.dee, cast.ama), month(cast.ama)) == ([], None, [])
        assert "Well</textarea>" in text(Browser(cast.ama).get(f"/days/{cast.dee.pk}/{due.pk}/"))
        ended(cast.ama, due, happened="Well after all", minutes="50")
        assert [note["minutes"] for note in notes(cast.dee, cast.ama)] == [50]

    def test_a_colleagues_note_stays_is_named_and_is_not_written_twice(self, cast: Cast) -> None:
        due = past(cast)
        ended(cast.ama, due, happened="Well", minutes="60")
        answer = Browser(cast.ben).post(f"/days/{cast.dee.pk}/{due.pk}/again/", follow=True)
        assert answer.redirect_chain[-1][0] == f"/days/{cast.dee.pk}/{due.pk}/"
        number = notes(cast.dee, cast.ama)[0]["number"]
        assert "The note about it stays on the timeline" in text(answer)
        assert f'href="/people/{cast.dee.pk}/note/{number}/"' in answer.content.decode()
        assert "Take the note back" not in text(answer)
        ended(cast.ben, due, happened="I see it otherwise", minutes="10")
        assert [note["minutes"] for note in notes(cast.dee, cast.ama)] == [60]
        assert words(cast.dee, cast.ben, due)["happened"] == "I see it otherwise"

    def test_whoever_wrote_it_takes_it_back_after_a_colleague_opened_it(self, cast: Cast) -> None:
        due = past(cast)
        ended(cast.ama, due, happened="Well", minutes="60")
        place = f"/days/{cast.dee.pk}/{due.pk}/"
        Browser(cast.ben).post(f"{place}again/")
        ama = Browser(cast.ama)
        assert "Take the note back" in text(ama.get(place))
        for _click in range(2):
            answer = ama.post(f"{place}again/", follow=True)
            assert "on the timeline" not in text(answer)
        assert (notes(cast.dee, cast.ama), spoken(cast.dee, cast.ama), month(cast.ama)) == ([], None, [])
        assert "Well</textarea>" in text(ama.get(place))
        assert Due.objects.get().is_open

    def test_what_was_added_to_or_is_older_than_a_day_stays(self, cast: Cast) -> None:
        old, added = past(cast, "Old"), past(cast, "Added")
        for due in (old, added):
            ended(cast.ama, due, happened="Well")
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            entry = Entry.objects.get(pk=note_of(old.pk))
            entry.facts = {**entry.facts, "written_at": (timezone.now() - timedelta(days=2)).isoformat()}
            entry.save(update_fields=["facts"])
            cases.amend(
                file, entry=Entry.objects.get(pk=note_of(added.pk)), amendment_id=uuid4(), text="And then"
            )
        for due in (old, added):
            answer = Browser(cast.ama).post(f"/days/{cast.dee.pk}/{due.pk}/again/", follow=True)
            assert "The note about it stays on the timeline" in text(answer)
            assert "Take the note back" not in text(answer)
        assert len(notes(cast.dee, cast.ama)) == 2

    def test_one_that_did_not_take_place_opens_again_without_touching_the_timeline(self, cast: Cast) -> None:
        make.an_entry(cast.dee, by=cast.ama)
        due = past(cast)
        ended(cast.ama, due, "not_now")
        Browser(cast.ama).post(f"/days/{cast.dee.pk}/{due.pk}/again/")
        assert len(notes(cast.dee, cast.ama)) == 1
