"""Pages for meeting somebody, as a browser without scripts uses them."""

# ruff: noqa: ANN401 - answers are whatever Django makes

import re
from html import unescape
from typing import Any

from leeward.cases.models import Case, Participant
from tests import make
from tests.attack.house import Browser
from tests.make import Worker

NEW, GROUP, PASSING = "/people/new/", "/people/new/group/", "/people/passing/"


def form_on(answer: Any) -> str:
    """The page's own form."""
    page: str = answer.content.decode().split("<main", 1)[1]
    return page.split('<form class="form"', 1)[1].split("</form>", 1)[0]


def hidden(answer: Any) -> dict[str, str]:
    """The hidden fields of the form on a page."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form_on(answer))
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def send(browser: Browser, path: str = NEW, /, **told: str) -> Any:
    """Open the page, type, and press the button."""
    return browser.post(path, {**hidden(browser.get(path)), **told})


def send_surely(browser: Browser, path: str = NEW, /, **told: str) -> Any:
    """The same, and say that it is somebody new, if asked."""
    sent = {**hidden(browser.get(path)), **told}
    answer = browser.post(path, sent)
    if found := re.search(r'name="sure" value="(\w+)"', answer.content.decode()):
        answer = browser.post(path, {**sent, "sure": found[1]})
    return answer


def met(answer: Any) -> Case:
    """The file that was begun."""
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return Case.objects.get(pk=answer["Location"].split("/")[2])


def card(case: Case, by: Worker) -> dict[str, Any]:
    """What stands on somebody's card."""
    with make.opening(case, by):
        return dict(Participant.objects.get(case=case).card)


def people_shown(answer: Any) -> list[str]:
    """The names under "perhaps you know them already"."""
    page = answer.content.decode()
    if 'id="perhaps"' not in page:
        return []
    part = page.split('id="perhaps"', 1)[1].split("</section>", 1)[0]
    return [unescape(name) for name in re.findall(r"<strong><bdi>(.*?)</bdi></strong>", part)]
