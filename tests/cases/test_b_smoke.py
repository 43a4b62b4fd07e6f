import pytest
from django.urls import reverse
from tests import make
from tests.attack.house import Browser
from tests.cast import Cast
pytestmark=[pytest.mark.django_db, pytest.mark.usefixtures("pages")]
NAMES="profile profile_change wishes identity identity_change history harm_new more reach reach_change way_new place_new says say_new never_new decisions decision_new bonds bond_new step_aside".split()
@pytest.mark.parametrize("name", NAMES)
def test_smoke(cast: Cast, name: str) -> None:
    b=Browser(cast.ama)
    b.raise_request_exception=True
    a=b.get(reverse(f"cases:{name}",args=[cast.dee.pk]))
    assert a.status_code==200, a.content
def test_walls(cast):
    b=Browser(cast.ben)
    b.raise_request_exception=True
    a=b.get(reverse("cases:walls",args=[cast.dee.pk]))
    assert a.status_code==200
