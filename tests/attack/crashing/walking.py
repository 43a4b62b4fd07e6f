"""Who walks with whom: handed over, left today, closed and opened again, a death, taken in by another team."""

import uuid
from collections.abc import Iterator

from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.models import CareTeamMember, Case, Wrap
from leeward.cases.models.walking import carriers
from leeward.continuity import actions
from leeward.continuity.models import Ending, Farewell, HandOver
from leeward.continuity.words import FOLLOW_UPS, EndingWords
from leeward.days import actions as days
from leeward.days.models import Due
from leeward.days.words import DueKind
from leeward.staff.models import Grant, Person
from tests import make
from tests.attack.crashing.dying import Say, acknowledge
from tests.attack.crashing.files import everything_opens
from tests.attack.crashing.town import Facts, Town, unless


def somebody_walks_with(case: Case) -> Iterator[str]:
    """An open file has one primary worker, who is here, can open it, and stands nowhere else beside them."""
    is_there = not case.is_open or case.primary in carriers(case)
    yield from unless(is_there, "nobody walks with somebody")
    beside = CareTeamMember.objects.filter(case=case, until=None, person=case.primary_id).exists()
    once = not case.is_open or not (beside or case.backup_id == case.primary_id)
    yield from unless(once, "the primary worker stands there twice")
    givers = list(HandOver.objects.on_the_way().filter(case=case).values_list("giver", flat=True))
    yield from unless(givers in ([], [case.primary_id]), "somebody hands over who does not walk with them")
    waits = HandOver.objects.filter(case=case).exclude(parcel=None).exclude(state=HandOver.ASKED)
    yield from unless(not waits.exists(), "a key waits for nobody")


def walk_beside(town: Town) -> None:
    """Lou and Mia stand beside Ben where somebody is to die, and Mia carries the file that is handed over."""
    with town.opened(Action.ASSIGN, "died") as file:
        actions.name_backup(file, person=town.lou.person)
        actions.walk_along(file, person=town.mia.person)
    with town.opened(Action.ASSIGN, "walked") as file:
        actions.take_over(file, person=town.mia.person)


def hand_over(town: Town, say: Say) -> None:
    """Asked, agreed, done: with what was promised."""
    case = town.file("walked")
    giver = town.carrier(case)
    taker = town.lou if giver is town.mia else town.mia
    _let_go(case, giver)
    with make.opening(case, giver, Action.HAND_OVER) as file:
        row = actions.ask(file, hand_over_id=uuid.uuid4(), person=taker.person)
    with make.entering(taker, Action.TODAY, lists=True) as entered:
        actions.answer(entered, hand_over=row, yes=True)
    Due.objects.filter(case=case).delete()  # of the last time
    with make.opening(case, giver, Action.DAYS) as file:
        days.promise(file, due_id=uuid.uuid4(), text="call", day=timezone.localdate())
    with make.opening(case, giver, Action.HAND_OVER) as file:
        acknowledge(say, "handed over", str(row.pk), lambda: actions.finish(file, hand_over=row))


def _let_go(case: Case, giver: make.Worker) -> None:
    """What was on its way when the writer before was killed."""
    if row := HandOver.objects.on_the_way().filter(case=case).first():
        with make.opening(case, giver, Action.HAND_OVER) as file:
            actions.withdraw(file, hand_over=row)


def handed_over_whole(town: Town, told: Facts) -> Iterator[str]:
    """Whoever took over last walks with them, and keeps what was promised."""
    case = town.file("walked")
    yield from somebody_walks_with(case)
    yield from _none_lost(told.get("handed over", []))
    done = HandOver.objects.filter(case=case).done()[0]
    yield from unless(done.taker_id == case.primary_id, "who took over does not walk with them")
    due = Due.objects.open().filter(case=case)
    yield from unless(not due.exclude(owner=case.primary_id).exists(), "what was promised is nobody's")
    is_last = not HandOver.objects.filter(case=case, number__gt=done.number).exists()
    looks_in = done.number == 1 or not is_last or due.filter(kind=DueKind.FOLLOW_UP).exists()
    yield from unless(looks_in, "nobody looks in after a hand-over")


def _none_lost(told: list[str]) -> Iterator[str]:
    done = HandOver.objects.filter(pk__in=told, state=HandOver.DONE).count()
    yield from unless(done == len(told), "a hand-over was lost")


def leave_today(town: Town, say: Say) -> None:
    """Somebody leaves who walks with somebody: Ben steps in."""
    leaver = make.a_person(Role.CASE_MANAGER, town.harbor, by=town.ben, name="Leaver")
    case = make.a_case(by=leaver, name="Left")
    with make.opening(case, leaver, Action.DAYS) as file:
        days.promise(file, due_id=uuid.uuid4(), text="call", day=timezone.localdate())
    with town.at_work(Action.END_MEMBERSHIP, lists=True) as entered:
        acknowledge(
            say, "left", str(leaver.person.pk),
            lambda: actions.goodbye(entered, person=leaver.person, interims=actions.Interims()),
        )  # fmt: skip


def left_whole(town: Town, told: Facts) -> Iterator[str]:
    """Whoever left carries nothing and holds nothing; whoever did not has passed nobody on."""
    for person in town.new(Person.objects.filter(name="Leaver")):
        given = list(HandOver.objects.filter(giver=person).select_related("case"))
        holds = (
            Case.objects.filter(primary=person).exists()
            or Due.objects.open().filter(owner=person).exists()
            or Grant.objects.filter(person_key__person=person).exists()
        )
        has_left, heard = person.left_at is not None, str(person.pk) in told.get("left", [])
        yield from unless(not (has_left and holds), "somebody left, and still carries or holds something")
        yield from unless(has_left or not given, "somebody passed on whom they walk with, and has not left")
        yield from unless(has_left or not heard, "a goodbye was lost")
        for row in given:
            yield from somebody_walks_with(row.case)


def close_and_open(town: Town, say: Say) -> None:
    """Closed together, and back again."""
    case = town.file("ended")
    if case.is_open:
        ending_id = uuid.uuid4()
        with town.opened(Action.CLOSE, "ended") as file:
            actions.rest_never_came_up(file)
            words = {"reason": "goals", "follow_ups": True, "view": f"View {ending_id}"}
            acknowledge(
                say, "closed", str(ending_id),
                lambda: actions.close(file, ending_id=ending_id, words=words),  # type: ignore[arg-type]
            )  # fmt: skip
    ending = Ending.objects.filter(case=case).latest("number")
    to = town.lou if ending.number % 2 else town.ben
    with town.opened(Action.START_CASE, "ended") as file:
        acknowledge(say, "back", str(ending.pk), lambda: actions.reopen(file, person=to.person))


def closed_or_open(town: Town, told: Facts) -> Iterator[str]:
    """Closed with its words and the days to look in, or open with none of them."""
    case = town.file("ended")
    yield from somebody_walks_with(case)
    with town.opened(Action.CLOSE, "ended"):
        endings = _endings(case)
        is_closed = [each for each, words in endings.items() if "back_on" not in words]
        yield from unless(set(told.get("closed", [])) <= set(endings), "an ending was lost")
        yield from unless(is_closed == ([] if case.is_open else [*endings][-1:]), "a file is half closed")
        back = set(told.get("back", []))
        yield from unless(not back & set(is_closed), "a coming back was lost")
        due = sorted((row.slot or {}).get("code", "") for row in Due.objects.open().filter(case=case))
        fits = due == ([] if case.is_open else sorted(FOLLOW_UPS))
        yield from unless(
            fits, f"days to look in, {due}, in a file that is {'open' if case.is_open else 'closed'}"
        )


def _endings(case: Case) -> dict[str, EndingWords]:
    return {str(each.pk): each.words for each in Ending.objects.filter(case=case).order_by("number")}


def die(town: Town, say: Say) -> None:
    """A death is written down, and taken back: it was a mistake."""
    if not town.file("died").rests:
        ending_id = uuid.uuid4()
        with town.opened(Action.CLOSE, "died") as file:
            acknowledge(
                say, "rests", str(ending_id), lambda: actions.rest(file, ending_id=ending_id, words={})
            )
    last = Ending.objects.filter(case=town.files["died"]).latest("number")
    with town.opened(Action.ASSIGN, "died") as file:
        acknowledge(say, "taken back", str(last.pk), lambda: actions.take_back(file))


def rests_or_not(town: Town, told: Facts) -> Iterator[str]:
    """Held, with a word for everybody who walked along; or as it was."""
    case = town.file("died")
    yield from somebody_walks_with(case)
    with town.opened(Action.CLOSE, "died"):
        endings = _endings(case)
        is_held = [each for each, words in endings.items() if "back_on" not in words]
        yield from unless(set(told.get("rests", [])) <= set(endings), "a death was lost")
        fits = case.rests != case.is_open and is_held == ([*endings][-1:] if case.rests else [])
        yield from unless(fits, "a death is half written down")
        yield from unless(not set(told.get("taken back", [])) & set(is_held), "a taking back was lost")
        heard = Farewell.objects.filter(ending__in=[*endings]).count()
        yield from unless(heard == 2 * len(endings), "a colleague is not told of a death")


def to_another_team(town: Town, say: Say) -> None:
    """Another team is asked and takes somebody in: the file's key is sealed for it, and for nobody else."""
    case = town.file("offered")
    giver = town.carrier(case)
    taker, team = (town.ben, town.harbor) if case.team_id == town.garden.pk else (town.sue, town.garden)
    _let_go(case, giver)
    with make.opening(case, giver, Action.HAND_OVER) as file:
        row = actions.offer(file, hand_over_id=uuid.uuid4(), team=team)
    with make.entering(taker, Action.TODAY, lists=True) as entered:
        acknowledge(
            say, "taken", str(row.pk), lambda: actions.take(entered, hand_over=row, person=taker.person)
        )


def one_team_holds_the_key(town: Town, told: Facts) -> Iterator[str]:
    """The team that walks with them holds the key, and no other; every word of the file opens with it."""
    case = town.file("offered")
    yield from somebody_walks_with(case)
    yield from _none_lost(told.get("taken", []))
    held = Wrap.objects.filter(key=case.key_id, team_key__isnull=False)
    teams = set(held.values_list("team_key__team", flat=True))
    yield from unless(teams == {case.team_id}, f"{len(teams)} teams hold a file's key")
    for row in HandOver.objects.filter(case=case).done()[:1]:
        fits = (row.team_to_id, row.taker_id) == (case.team_id, case.primary_id)
        yield from unless(fits, "who took somebody in does not walk with them")
    if case.primary in carriers(case):
        with make.opening(case, town.carrier(case), Action.SEE_CASE) as file:
            yield from everything_opens(file.thing)
