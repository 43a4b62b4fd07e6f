"""The primary worker chooses who stands in for her, on the page where supervisors do."""

import re
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from leeward.access.policy import Action, Role
from leeward.cases.models import CareTeamMember, Case, Wall
from leeward.continuity import actions
from leeward.continuity.actions import walls
from leeward.staff.models import Absence, Grant
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
from tests.continuity.conftest import now, path, sees, words_of
from tests.make import Worker

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def ama(cast: Cast) -> Browser:
    return Browser(cast.ama)


def offered_on(page: "Answer") -> set[str]:
    """Whose names the page offers."""
    shown = re.search(r'<form[^>]* id="colleague".*?</form>', page.content.decode(), re.DOTALL)
    assert shown
    return set(re.findall(r'<option value="[^"]+">([^<]+)', shown[0]))


def test_she_chooses_changes_and_lets_go(cast: Cast, lou: Worker, ama: Browser) -> None:
    assert "Choose a backup" in words_of(ama.get(path(cast.dee)))
    for worker in (cast.ben, lou):
        answer = ama.post(path(cast.dee, "backup"), {"person": worker.person.pk})
        assert answer.status_code == 302
        assert now(cast.dee).backup == worker.person
    assert "Lou , backup" in words_of(ama.get(path(cast.dee)))
    assert ama.post(path(cast.dee, "no-backup")).status_code == 302
    assert now(cast.dee).backup is None


@pytest.mark.parametrize("role", [Role.PEER_SUPPORTER, Role.OUTREACH_WORKER])
def test_whatever_her_role(cast: Cast, role: Role) -> None:
    peer = cast.somebody(role)
    Case.objects.update(primary=peer.person)
    browser = Browser(peer)
    assert "Ama" in offered_on(browser.get(path(cast.dee)))
    browser.post(path(cast.dee, "backup"), {"person": cast.ama.person.pk})
    assert now(cast.dee).backup == cast.ama.person


def test_whom_she_may_choose_could_carry_the_file(cast: Cast, lou: Worker, ama: Browser) -> None:
    volunteer = cast.somebody(Role.VOLUNTEER)
    keyless, aside = cast.somebody(Role.CASE_MANAGER), cast.somebody(Role.CASE_MANAGER)
    Grant.objects.filter(person_key__person=keyless.person).delete()
    with make.opening(cast.dee, aside, Action.STEP_ASIDE) as file:
        walls.step_aside(file)
    assert offered_on(ama.get(path(cast.dee))) == {"Ben", "Lou"}
    for other in (volunteer, keyless, aside, cast.ama, cast.cyd):
        answer = ama.post(path(cast.dee, "backup"), {"person": other.person.pk})
        assert answer.status_code == 422
        assert "Make backup" in words_of(answer)
    assert now(cast.dee).backup is None


def test_a_wall_that_went_up_meanwhile_is_not_overlooked(cast: Cast, lou: Worker) -> None:
    with make.opening(cast.dee, cast.ama, Action.NAME_BACKUP) as file:
        Wall.objects.create(case=cast.dee, person=lou.person)
        with pytest.raises(actions.CannotDo, match="could carry the file"):
            actions.name_backup(file, person=lou.person)


@pytest.mark.parametrize("tie", ["", "backup", "care_team", "cover"])
def test_nobody_else_does_who_walks_along(cast: Cast, lou: Worker, tie: str) -> None:
    today = timezone.localdate()
    if tie == "backup":
        Case.objects.update(backup=lou.person)
    elif tie == "care_team":
        CareTeamMember.objects.create(case=cast.dee, person=lou.person)
    elif tie == "cover":
        Absence.objects.create(person=cast.ama.person, since=today, until=today, cover=lou.person)
    before, browser = now(cast.dee).backup, Browser(lou)
    assert "Make backup" not in words_of(browser.get(path(cast.dee)))
    assert browser.post(path(cast.dee, "backup"), {"person": cast.ben.person.pk}).status_code == 404
    assert browser.post(path(cast.dee, "no-backup")).status_code == 404
    assert now(cast.dee).backup == before


def test_supervisors_read_of_it_where_they_read_of_all_openings(
    cast: Cast, lou: Worker, ama: Browser
) -> None:
    ama.post(path(cast.dee, "backup"), {"person": lou.person.pk})
    told = words_of(sees(cast.ben, f"/people/{cast.dee.pk}/openings/"))
    assert "opened it to choose who stands in" in told
