"""Pages can be drawn without gathering static files, and people come to them signed in."""

import re
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from leeward.access.policy import Action, Role
from leeward.cases.models import Case, Reach, Way
from leeward.cases.models.key import Wrap
from leeward.safety import actions
from leeward.safety.models import Crisis, Missing
from leeward.safety.words import WishesWords
from leeward.staff.models import OurWays, Team
from leeward.vault.scopes import Compartment
from tests import make
from tests.cast import Cast
from tests.make import Worker

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

#: What Dee said in calm times.
WISHES: WishesWords = {
    "helps": "Tea, then talk.\nNo hands.",
    "worse": "Loud voices",
    "call_first": "My aunt Ro, 555-0101",
    "call_never": "My cousin",
    "away_call": "Ro, always",
    "away_photo": "no",
    "away_back": "A shower first",
}


@pytest.fixture(autouse=True)
def _plain_static(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def night(cast: Cast) -> Worker:
    """Amara, on call in Ama's team."""
    return make.a_person(Role.ON_CALL, cast.harbor, by=cast.ben, name="Amara")


@pytest.fixture
def house(cast: Cast) -> Worker:
    """Hal, who keeps the house."""
    return make.a_person(Role.HOUSE_STAFF, cast.harbor, by=cast.ben, name="Hal")


def path(*parts: object) -> str:
    """An address of safety, put together by hand: a changed address is a broken bookmark."""
    return "/".join(["/safety", *(str(getattr(part, "pk", part)) for part in parts), ""])


def words_of(answer: "Answer", part: str = "body") -> str:
    """What a person reads on a page, or in one part of it."""
    content = answer.content.decode()
    body = content[content.index(f"<{part}") : content.index(f"</{part}>")]
    body = re.sub(r"(?s)<template.*?</template>|<script.*?</script>", " ", body)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).strip()


def hidden(answer: "Answer", form: str = "") -> dict[str, str]:
    """The hidden fields of a form on a page."""
    body = answer.content.decode()
    if form:
        found = re.search(rf'(?s)<form[^>]*id="{form}".*?</form>', body)
        assert found, f"there is no form {form}"
        body = found[0]
    inputs = re.findall(r'<input[^>]*type="hidden"[^>]*>', body)
    fields = [dict(re.findall(r'([\w-]+)="([^"]*)"', one)) for one in inputs]
    return {one["name"]: one.get("value", "") for one in fields if one["name"] != "csrfmiddlewaretoken"}


def a_crisis(case: Case, by: Worker, text: str = "") -> Crisis:
    with make.opening(case, by, Action.CRISIS) as file:
        return actions.begin_crisis(file, crisis_id=uuid4(), text=text)


def away(case: Case, by: Worker) -> Missing:
    with make.opening(case, by, Action.CRISIS) as file:
        return actions.begin_missing(file, missing_id=uuid4(), words={"where": "the bus stop"})


def wish(case: Case, by: Worker, words: WishesWords = WISHES, version: int = 0) -> None:
    with make.opening(case, by, Action.CRISIS) as file:
        actions.change_wishes(file, words=words, version=version)


def reached(case: Case, by: Worker, **way: str) -> None:
    """How to reach somebody, with a code word."""
    with make.opening(case, by, Action.CHANGE_REACH):
        Reach.objects.create(case=case, words={"code_word": "pineapple", "night": "anyone"})
        Way.objects.create(case=case, about={"kind": "phone", "value": "555-0142", "first": True, **way})


def our_ways(by: Worker, **words: object) -> None:
    """How the agency works, written by somebody with the key of everyone."""
    everyone = Team.objects.get(everyone=True)
    with make.entering(by, Action.KEEP_WAYS):
        OurWays.objects.create(everyone=everyone, words=words)


def without_duty(case: Case) -> None:
    """A file from before reports had a key of their own."""
    Wrap.objects.filter(key=case.key_id, scope=Compartment.DUTY.value).delete()
