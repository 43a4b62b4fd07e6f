"""A crisis with its days to look in, a report, and a gift that is also a note."""

import uuid
from collections.abc import Iterator

from django.utils import timezone

from leeward.access.policy import Action
from leeward.cases.models import Case, Entry
from leeward.days.models import Due
from leeward.gifts import actions as gifts
from leeward.gifts.models import Gift
from leeward.safety import actions
from leeward.safety.actions.crisis import LOOK_IN
from leeward.safety.models import Crisis, Report
from tests.attack.crashing.basics import in_order
from tests.attack.crashing.dying import Say, acknowledge
from tests.attack.crashing.town import Facts, Town, unless


def crisis(town: Town, say: Say) -> None:
    """A crisis begins, and has calmed."""
    crisis_id = uuid.uuid4()
    with town.opened(Action.CRISIS, "night") as file:
        if going := Crisis.objects.open().filter(case=file.thing).first():
            actions.end_crisis(file, crisis=going, words={}, version=0)
        acknowledge(
            say, "begun", str(crisis_id),
            lambda: actions.begin_crisis(file, crisis_id=crisis_id, text=f"Line {crisis_id}"),
        )  # fmt: skip
        begun = Crisis.objects.get(pk=crisis_id)
        acknowledge(
            say, "calmed", str(crisis_id),
            lambda: actions.end_crisis(file, crisis=begun, words={"how": f"How {crisis_id}"}, version=0),
        )  # fmt: skip


def crisis_is_followed(town: Town, told: Facts) -> Iterator[str]:
    """With its first line and the days on which somebody looks in again; open, or ended."""
    with town.opened(Action.CRISIS, "night") as file:
        rows = {str(each.pk): each for each in Crisis.objects.filter(case=file.thing)}
        stands = set(told.get("begun", [])) <= set(rows)
        yield from unless(stands, "a crisis was lost")
        calm = stands and not any(rows[pk].is_open for pk in told.get("calmed", []))
        yield from unless(calm, "an end of a crisis was lost")
        for each in town.new(rows.values()):
            followed = Due.objects.filter(pk__in=[uuid.uuid5(each.pk, code) for _, code in LOOK_IN])
            yield from unless(followed.count() == len(LOOK_IN), "nobody looks in after a crisis")
            lines = [line.get("text") for line in each.words.get("lines", [])]
            yield from unless(lines == [f"Line {each.pk}"], "a crisis without its first line")
            yield from unless(each.is_open == ("ended" not in each.words), "a crisis is half ended")


def report(town: Town, say: Say) -> None:
    """What was reported, and the answer that came later."""
    report_id = uuid.uuid4()
    with town.at_work(Action.TODAY, lists=True) as entered:
        file = entered.open(_found(town), Action.DUTY)
        acknowledge(
            say, "reported", str(report_id),
            lambda: actions.write_report(entered, report_id=report_id, words={"said": f"Said {report_id}"}, file=file),
        )  # fmt: skip
        written = Report.objects.get(pk=report_id)
        acknowledge(
            say, "answered", str(report_id),
            lambda: actions.add_to_report(
                file, report=written, words={"answer": f"Answer {report_id}"}, line_id=uuid.uuid4()
            ),
        )  # fmt: skip


def _found(town: Town) -> Case:
    return Case.objects.with_people().select_related("team").get(pk=town.files["night"])


def report_is_whole(town: Town, told: Facts) -> Iterator[str]:
    """What was said is there, and it waits for an answer until there is one."""
    with town.opened(Action.DUTY, "night") as file:
        rows = {str(each.pk): each for each in town.new(Report.objects.filter(case=file.thing))}
        stands = set(told.get("reported", [])) <= set(rows)
        yield from unless(stands, "a report was lost")
        heard = stands and not any(rows[pk].is_open for pk in told.get("answered", []))
        yield from unless(heard, "an answer to a report was lost")
        for pk, each in rows.items():
            yield from unless(pk in each.words.get("said", ""), "a report is not itself")
            yield from unless(each.is_open == ("answer" not in each.words), "a report is half answered")


def gift(town: Town, say: Say) -> None:
    """Something is given: it stands in the ledger and on the timeline."""
    gift_id = uuid.uuid4()
    words = {"what": f"Gift {gift_id}", "day": timezone.localdate().isoformat()}
    with town.opened(Action.WRITE_ENTRY, "given") as file:
        acknowledge(
            say, "given", str(gift_id),
            lambda: gifts.give(file, gift_id=gift_id, fund=None, words=words),  # type: ignore[arg-type]
        )  # fmt: skip


def gift_stands_twice(town: Town, told: Facts) -> Iterator[str]:
    """Each gift has its note, and each note its gift."""
    with town.opened(Action.SEE_CASE, "given") as file:
        given = {each.about["entry"]: str(each.pk) for each in Gift.objects.filter(case=file.thing)}
        notes = {str(each.pk): each.text for each in Entry.objects.filter(case=file.thing)}
        yield from unless(set(given) == set(notes), "a gift without its note, or a note without its gift")
        yield from unless(set(told.get("given", [])) <= set(given.values()), "a gift was lost")
        itself = all(gift_id in notes.get(entry, "") for entry, gift_id in given.items())
        yield from unless(itself, "a gift's note is not about it")
        yield from in_order(file.thing)
