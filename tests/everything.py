"""One of everything about one participant and their team, made by the product's own verbs: for suites that knock at
every door."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.actions import minors, misfiled, people, reach
from leeward.cases.models import Case, Wall
from leeward.continuity.actions import circle, conferring, cover, handing, walls
from leeward.continuity.models import Ending, Farewell
from leeward.days import actions as days
from leeward.days.actions import Asked, Going
from leeward.gifts import actions as gifts
from leeward.safety.actions import crisis, missing, nights, reports
from leeward.staff import actions as staff
from leeward.staff.actions.notebook import keep_phrase, keep_view
from leeward.staff.actions.rota import Hours
from tests import make
from tests.cast import Cast


def of_everything(cast: Cast, case: Case, words: str) -> dict[str, UUID | int]:
    """The names that addresses use, each with the number of such a thing in this file. `words` stand in all of them."""
    return {
        **_person(cast, case, words),
        **_days(cast, case, words),
        **_safety(cast, case, words),
        **_walk(cast, case, words),
        **_team(cast, words),
    }


def _person(cast: Cast, case: Case, words: str) -> dict[str, UUID | int]:
    made: dict[str, UUID | int] = {}
    with make.opening(case, cast.ama, Action.CHANGE_REACH) as file:
        reach.change_reach(file, facts={"code_word": words}, version=0)
        made["way"] = reach.keep_way(file, row_id=uuid4(), facts=_way(words), version=0).pk
        made["place"] = reach.keep_place(file, row_id=uuid4(), facts={"address": words}, version=0).pk
        made["say"] = minors.keep_say(file, row_id=uuid4(), facts={"who": words}, version=0).pk
    with make.opening(case, cast.ama, Action.WRITE_ENTRY) as file:
        people.change_profile(file, facts={"culture": words, "matters": words}, version=0)
        made["decision"] = minors.keep_decision(file, row_id=uuid4(), facts={"what": words}, version=0).pk
        made["bond"] = people.keep_bond(file, row_id=uuid4(), facts={"name": words}, version=0).pk
        made["number"] = make.written(file, words).number
    with make.opening(case, cast.ama, Action.IDENTITY) as file:
        people.change_identity(file, facts={"legal_name": words}, version=0)
    with make.opening(case, cast.ama, Action.HISTORY) as file:
        made["harm"] = people.keep_harm(file, row_id=uuid4(), facts={"text": words}, version=0).pk
    with make.opening(case, cast.ben, Action.WALL) as file:
        walls.put_wall(file, team=cast.garden)
    wall = Wall.objects.get(case=case)
    Wall.objects.filter(pk=wall.pk).update(team=None, person=cast.sue.person)
    made["wall"] = wall.pk
    return made


def _way(words: str) -> dict[str, Any]:
    return {"kind": "phone", "value": "555-0100", "how": words}


def _days(cast: Cast, case: Case, words: str) -> dict[str, UUID | int]:
    today, now = timezone.localdate(), timezone.now()
    with make.opening(case, cast.ama, Action.DAYS) as file:
        due = days.promise(file, due_id=uuid4(), text=words, day=today)
        # The whole team reads who waits, so nothing of the file stands there.
        asked = {"who": "Harbor Clinic", "text": "asks for Friday", "since": now.isoformat()}
        ask = days.take_ask(file, Asked(ask_id=uuid4(), team=case.team_id, case=case, words=asked))  # type: ignore[arg-type]
        back_by = now + timedelta(hours=2)
        going = Going(trip_id=uuid4(), team=case.team_id, back_by=back_by, words={"where": "town"})
        trip = days.leave(file, going)
    with make.entering(cast.ama, Action.TODAY) as entered:
        own = days.own_todo(entered, due_id=uuid4(), text=words, day=today)
    return {"due": due.pk, "ask": ask.pk, "trip": trip.pk, "own": own.pk}


def _safety(cast: Cast, case: Case, words: str) -> dict[str, UUID | int]:
    line, now = uuid4(), timezone.now()
    with make.opening(case, cast.ama, Action.CRISIS) as file:
        begun = crisis.begin_crisis(file, crisis_id=uuid4(), text=words)
        crisis.write_line(file, crisis=begun, line_id=line, text=words)
        night = nights.write_night(file, note_id=uuid4(), at=now, words={"done": words})
        away = missing.begin_missing(file, missing_id=uuid4(), words={"where": words})
    with make.entering(cast.ama, Action.TODAY, lists=True) as entered:
        file = entered.open(_found(case), Action.DUTY)
        report = reports.write_report(entered, report_id=uuid4(), words={"said": words}, file=file)
    return {"crisis": begun.pk, "line": line, "note": night.pk, "missing": away.pk, "report": report.pk}


def _walk(cast: Cast, case: Case, words: str) -> dict[str, UUID | int]:
    today = timezone.localdate()
    with make.opening(case, cast.ama, Action.WRITE_ENTRY) as file:
        outside = circle.keep_outside(file, row_id=uuid4(), facts={"name": words}, version=0)
        conference = conferring.keep_conference(file, row_id=uuid4(), facts={"agenda": words}, version=0)
    with make.opening(case, cast.ama, Action.HAND_OVER) as file:
        hand_over = handing.ask(file, hand_over_id=uuid4(), person=cast.ben.person, why=words)
        ending = Ending(case=case, number=1, by=cast.ama.person)
        ending.words = {"view": words}
        ending.save()
    farewell = Farewell.objects.create(ending=ending, person=cast.ama.person)
    with make.entering(cast.ama, Action.TODAY) as entered:
        days_off = cover.Away(cast.ama.person, today + timedelta(days=9), today + timedelta(days=10), None)
        absence = cover.go_away(entered, absence_id=uuid4(), away=days_off)
    return {
        "outside": outside.pk, "conference": conference.pk, "hand_over": hand_over.pk, "farewell": farewell.pk,
        "absence": absence.pk, "misfiled": _misfiled(cast, case),
    }  # fmt: skip


def _misfiled(cast: Cast, case: Case) -> UUID:
    other = make.a_case(by=cast.ama, name="Somebody else", team=cast.harbor)
    entry = make.an_entry(case, by=cast.ama)
    with make.entering(cast.ama, Action.WRITE_ENTRY, lists=True) as entered:
        here, there = (entered.open(_found(each), Action.WRITE_ENTRY) for each in (case, other))
        return misfiled.say_misfiled(here, entry=entry, belongs=there).pk


def _team(cast: Cast, words: str) -> dict[str, UUID | int]:
    phrase, view = uuid4(), uuid4()
    now = timezone.now()
    with make.entering(cast.ama, Action.OWN_ACCOUNT) as entered:
        keep_phrase(entered, phrase_id=phrase, name="hello", text=words)
        keep_view(entered, view_id=view, name="mine", query="who=all")
    on_call = make.a_person(Role.ON_CALL, cast.harbor, by=cast.ben)
    with make.entering(cast.ben, Action.KEEP_ROTA) as entered:
        hours = [Hours(now + timedelta(days=500), now + timedelta(days=501))]
        shift = staff.add_shifts(entered, person=on_call.person, hours=hours, form_id=uuid4())[0]
    with make.entering(cast.ben, Action.KEEP_FUNDS) as entered:
        fund = gifts.start_fund(entered, fund_id=uuid4(), team=cast.harbor, words={"name": words})
    with make.entering(cast.ben, Action.KEEP_WAYS) as entered:
        learnt = {"about": words, "text": words, "source": words, "learnt_on": now.date().isoformat()}
        note = staff.keep_community(entered, note_id=uuid4(), words=learnt, version=0)  # type: ignore[arg-type]
    made = {"phrase": phrase, "view": view, "shift": shift.pk, "fund": fund.pk, "team": cast.harbor.pk}
    return {**made, "community": note.pk}


def a_gift(case: Case, cast: Cast, words: str) -> UUID:
    """Something that was given."""
    with make.opening(case, cast.ama, Action.WRITE_ENTRY) as file:
        return gifts.give(
            file, gift_id=uuid4(), fund=None, words={"what": words, "day": timezone.localdate().isoformat()}
        ).pk


def _found(case: Case) -> Case:
    return Case.objects.with_people().select_related("team").get(pk=case.pk)
