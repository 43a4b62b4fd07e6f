"""What stands behind a wall shows on no page of the staff, however many pages there are."""

import pytest

from leeward.access.policy import Role
from tests.attack.house import Browser
from tests.attack.plan import NAME, Scene, a_scene, marked
from tests.cases.asking import answers, said
from tests.cast import Cast
from tests.make import Worker

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages"), pytest.mark.slow]


def telling(scene: Scene, worker: Worker) -> list[str]:
    """Pages about nobody in particular that show this participant's name, or lead to their page."""
    browser = Browser(worker)
    places = [door.path for door in marked("staff_page") if "<" not in door.path]
    shown = [(path, browser.get(path)) for path in ["/people/?who=all", *places]]
    shown.append(("/find/", browser.post("/find/", {"q": NAME})))
    pages = [(path, answer) for path, answer in shown if not answer.streaming]
    return [
        path
        for path, answer in pages
        if NAME in said(answer).replace(f"“{NAME}”", "") or str(scene.case.pk) in answer.content.decode()
    ]


@pytest.mark.parametrize("before", ["a wall", "stepping aside"])
def test_nothing_from_behind_it_on_any_page(cast: Cast, before: str) -> None:
    scene = a_scene(cast)
    somebody = cast.somebody(Role.SUPERVISOR)
    assert len(telling(scene, somebody)) > 3
    if before == "a wall":
        assert answers(cast.ben, "continuity:walls", scene.case, person=somebody.person.pk).status_code == 302
    else:
        assert answers(somebody, "continuity:step_aside", scene.case).status_code == 302
    assert telling(scene, somebody) == []
