"""Coming in: passphrase, second step, open door. Each passphrase makes one Argon2id run, whoever asks."""

from typing import Any, Final, cast

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from leeward.signin import factors, late, limits, passphrase, words
from leeward.signin.actions.problems import NotMatched
from leeward.signin.models import SignIn
from leeward.signin.store import State, session_of
from leeward.signin.threshold import CODE, CODES, FACTOR, SHEETS, Threshold, threshold
from leeward.staff import keys
from leeward.staff.models import Person
from leeward.vault.cipher import KeyPair

_BROWSER_LENGTH: Final = 40


def sign_in(request: HttpRequest, *, email: str, typed: str, device: str, after: str) -> str:
    """The first step: e-mail address and passphrase. Answers where to go next."""
    known = email.strip().lower()
    limits.take("sign-in", known)
    person = Person.objects.here().filter(email=known).first()
    pair = keys.open_keys(person, typed)
    if person is None or pair is None:
        raise NotMatched
    passphrase.harden(person, pair, typed)
    # One transaction, so that signing in waits once for the disk.
    with transaction.atomic():
        limits.forget("sign-in", known)
        return approach(request, person, pair, device=device, after=after)


def approach(
    request: HttpRequest,
    person: Person,
    pair: KeyPair,
    *,
    device: str,
    after: str = "/",
    sheets: Any = (),  # noqa: ANN401
) -> str:
    """The passphrase was right: in, or to what is still to be done before."""
    needs = [CODE] if factors.has_one(person) else [FACTOR, CODES]
    if keys.agency().born_as_demo and needs != [CODE]:
        needs = []
    needs += [SHEETS] if sheets else []
    told = {"device": device, "after": local(request, after), "sheets": list(sheets)}
    return stand(request, person, pair, needs=needs, **told)


@transaction.atomic
def stand(request: HttpRequest, person: Person, pair: KeyPair, *, needs: list[str], **told: Any) -> str:  # noqa: ANN401
    """Stand on the threshold until everything is done; with nothing to do, step in."""
    begin(request, pair, person=str(person.pk), late=_behind(request, person), needs=needs, **told)
    return threshold(request).page() if needs else enter(request)


def begin(request: HttpRequest, pair: KeyPair | None, **told: Any) -> None:  # noqa: ANN401 - JSON values
    """Step onto the threshold, with a new cookie: what an older one could open ends here."""
    session = session_of(request)
    session.start()
    session.state = State.NOBODY
    session.put(pair, step=told)
    session.save()
    request.META["CSRF_COOKIE"] = session.cookie.form_secret


def _behind(request: HttpRequest, person: Person) -> str:
    """End the sign-in that this browser had before; one of the same person may still hold words that came too late."""
    row = session_of(request).row
    if row is None:
        return ""
    if row.person_id == person.pk:
        return str(row.pk)
    if row.person_id and row.late_posts.exists():
        SignIn.objects.filter(pk=row.pk).update(sealed=None, locked_at=timezone.now())
    else:
        row.delete()
    return ""


@transaction.atomic
def enter(request: HttpRequest) -> str:
    """The last step is done: open the door, under one more new cookie. Answers where to go."""
    session, step = session_of(request), threshold(request)
    person, pair, told, before = step.person, session.pair(), step.told, session.row
    browser = words.browser(request.headers.get("User-Agent", ""))[:_BROWSER_LENGTH]
    session.start(person=person, device=told["device"], browser=browser)
    session.state = State.OPEN
    session.put(pair, agency=str(keys.agency().pk))
    session.save()
    request.META["CSRF_COOKIE"] = session.cookie.form_secret
    _bring_along(told["late"], cast("SignIn", session.row))
    if before:
        before.delete()
    session.takes_in = True
    waits = Person.objects.waiting_for_keys().filter(pk=person.pk).exists()
    return reverse("signin:waiting") if waits else told["after"]


def _bring_along(old_id: str, new: SignIn) -> None:
    old = SignIn.objects.filter(pk=old_id, person=new.person).first() if old_id else None
    if old:
        late.move(old, new)
        old.delete()


def local(request: HttpRequest, after: str) -> str:
    """A path of ours, or the front page: nobody is led elsewhere after signing in."""
    safe = url_has_allowed_host_and_scheme(after, allowed_hosts=None, require_https=request.is_secure())
    return after if safe and after.startswith("/") else settings.LOGIN_REDIRECT_URL


def take_code(request: HttpRequest, typed: str, *, paper: bool = False) -> str:
    """The code of the second step, from the app or from paper. Answers where to go."""
    step = threshold(request)
    person = step.person
    limits.take("code", str(person.pk))
    if not (factors.accept_paper_code if paper else factors.accept_code)(person, typed):
        raise NotMatched
    limits.forget("code", str(person.pk))
    return pass_on(request, step, CODE)


def offer_secret(request: HttpRequest) -> str:
    """The secret that the app is to keep; the same one until it is proven."""
    step = threshold(request)
    if "secret" not in step.told:
        step.tell(secret=factors.new_secret())
    return cast("str", step.told["secret"])


def prove_secret(request: HttpRequest, typed: str) -> str:
    """The first code of a new app: from now on it is asked for at every sign-in."""
    step = threshold(request)
    person = step.person
    limits.take("code", str(person.pk))
    fitting = factors.fits(step.told.get("secret", ""), typed) if "secret" in step.told else None
    if fitting is None:
        raise NotMatched
    limits.forget("code", str(person.pk))
    step.tell(codes=factors.set_up(person, step.told.pop("secret"), fitting))
    return pass_on(request, step, FACTOR)


def pass_on(request: HttpRequest, step: Threshold, need: str) -> str:
    """Tick off one thing. Answers where the next is, or opens the door."""
    return enter(request) if step.done(need) else step.page()
