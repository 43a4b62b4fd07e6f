"""People who are known already, and hidden from Ama in each way there is."""

from leeward.access.policy import Action
from leeward.cases.actions.doubles import remember_marks
from leeward.cases.models import Case, Identity, Wall, Way
from tests import make
from tests.cast import Cast
from tests.make import Worker

LAW = {"legal_name": "Maria Solis", "born_on": "2001-02-03"}


def a_number(case: Case, by: Worker, value: str = "+1 555 010 7788") -> None:
    """A way to reach somebody, with the marks that its page makes."""
    with make.opening(case, by, Action.SEE_CASE) as file:
        Way.objects.create(case=case, about={"kind": "phone", "value": value})
        remember_marks(file)


def in_law(case: Case, by: Worker, **words: str) -> None:
    with make.opening(case, by, Action.IDENTITY) as file:
        Identity.objects.create(case=case, words={**LAW, **words})
        remember_marks(file)


def hide_by_team(cast: Cast) -> Case:
    case = make.a_case(by=cast.cyd, name="Gia")
    a_number(case, cast.cyd)
    return case


def of_ben(cast: Cast) -> Case:
    case = make.a_case(by=cast.ben, name="Gia")
    a_number(case, cast.ben)
    return case


def hide_by_wall(cast: Cast) -> Case:
    case = of_ben(cast)
    Wall.objects.create(case=case, person=cast.ama.person)
    return case


def hide_by_team_wall(cast: Cast) -> Case:
    case = of_ben(cast)
    Wall.objects.create(case=case, team=cast.harbor)
    return case


def hide_by_restriction(cast: Cast) -> Case:
    case = of_ben(cast)
    Case.objects.filter(pk=case.pk).update(restricted=True)
    return case


HIDDEN = [hide_by_team, hide_by_wall, hide_by_team_wall, hide_by_restriction]
