"""How keys pass from person to person, and what is not believed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from leeward.access.policy import Action, Role, key_scopes
from leeward.staff import actions, keys
from leeward.staff.models import Agency, Credential, Grant, PersonKey, Team, TeamKey
from leeward.vault import cipher
from leeward.vault.cipher import Key, KeyPair, Stretch
from leeward.vault.pepper import PepperProblem
from leeward.vault.pepper import make as make_pepper
from leeward.vault.scopes import Compartment, Unreadable
from tests import make
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def scopes_of(worker: make.Worker, team: Team) -> set[str]:
    held = Grant.objects.filter(person_key__person=worker.person, team_key__team=team)
    return set(held.values_list("scope", flat=True))


def everyone() -> Team:
    return Team.objects.get(everyone=True)


class TestHanding:
    @pytest.mark.parametrize("role", Role)
    def test_nobody_is_handed_more_than_the_role_needs(self, cast: Cast, role: Role) -> None:
        somebody = cast.somebody(role)
        assert scopes_of(somebody, cast.harbor) == {str(scope) for scope in key_scopes(role)}
        assert scopes_of(somebody, cast.garden) == set()

    @pytest.mark.parametrize("role", Role)
    def test_only_administrators_and_those_who_count_are_not_of_everyone(
        self, cast: Cast, role: Role
    ) -> None:
        outside = {Role.ADMINISTRATOR, Role.REPORT_ONLY}
        assert scopes_of(cast.somebody(role), everyone()) == (set() if role in outside else {keys.WHOLE})

    @pytest.mark.parametrize("role", [role for role in Role if key_scopes(role)])
    def test_the_holder_turns_those_keys_and_no_others(self, cast: Cast, role: Role) -> None:
        holder = cast.somebody(role).visit.holder
        team_key = TeamKey.objects.get(team=cast.harbor).pk
        asked = {*(str(part) for part in Compartment), keys.WHOLE}
        turned = {scope for scope in asked if holder.team_key(team_key, scope)}
        assert turned == (asked if keys.WHOLE in key_scopes(role) else {str(s) for s in key_scopes(role)})

    def test_the_same_keys_are_handed_once(self, cast: Cast) -> None:
        with make.entering(cast.ben, Action.GRANT) as entered:
            assert actions.hand_keys(entered, person=cast.ama.person) == 0

    def test_whoever_does_not_hold_a_key_cannot_hand_it_on(self, cast: Cast) -> None:
        waiting = make.a_person(Role.CASE_MANAGER, cast.harbor)
        with make.entering(cast.sue, Action.GRANT) as entered:
            actions.hand_keys(entered, person=waiting.person)
        assert scopes_of(waiting, cast.harbor) == set()
        assert scopes_of(waiting, everyone()) == {keys.WHOLE}

    def test_who_holds_a_part_cannot_hand_it_on(self, cast: Cast) -> None:
        waiting, desk = make.a_person(Role.FRONT_DESK, cast.harbor), cast.somebody(Role.FRONT_DESK)
        with make.entering(desk, Action.TODAY) as entered:
            actions.hand_keys(entered, person=waiting.person)
        assert scopes_of(waiting, cast.harbor) == set()

    def test_a_part_of_a_key_tells_nothing_of_the_whole(self) -> None:
        whole = Key.fresh()
        assert keys.scope_key(whole, "card").reveal() not in {
            whole.reveal(), keys.scope_key(whole, "safety").reveal(), keys.words_key(whole).reveal()
        }  # fmt: skip


class TestNotBelieved:
    def test_a_replaced_public_key_gets_no_grant(self, cast: Cast) -> None:
        waiting, eve = make.a_person(Role.CASE_MANAGER, cast.harbor), KeyPair.fresh()
        PersonKey.objects.filter(person=waiting.person).update(public=eve.public)
        with (
            make.entering(cast.ben, Action.GRANT) as entered,
            pytest.raises(Unreadable, match="not made by Leeward"),
        ):
            actions.hand_keys(entered, person=waiting.person)
        assert not Grant.objects.filter(person_key__person=waiting.person).exists()

    def test_the_mark_of_somebody_elses_key_does_not_count(self, cast: Cast) -> None:
        ama = PersonKey.objects.get(person=cast.ama.person)
        cyd = PersonKey.objects.get(person=cast.cyd.person)
        assert keys.believed(ama)
        ama.public, ama.mark = cyd.public, cyd.mark
        assert not keys.believed(ama)

    def test_a_replaced_public_key_signs_nobody_in(self, cast: Cast) -> None:
        PersonKey.objects.filter(person=cast.ama.person).update(public=KeyPair.fresh().public)
        assert keys.open_keys(cast.ama.person, make.PASSPHRASE) is None

    def test_a_forged_grant_opens_nothing(self, cast: Cast) -> None:
        cyd, team_key = PersonKey.objects.get(person=cast.cyd.person), TeamKey.objects.get(team=cast.harbor)
        sealed = cipher.seal_to(bytes(cyd.public), bytes(64), b"whatever")
        Grant.objects.create(team_key=team_key, person_key=cyd, scope="whole", sealed=sealed, mark=bytes(32))
        assert cast.cyd.visit.holder.team_key(team_key.pk, "whole") is None

    @pytest.mark.parametrize("change", ["scope", "team_key", "person_key", "sealed"])
    def test_a_grant_that_was_moved_or_changed_opens_nothing(self, cast: Cast, change: str) -> None:
        grant = Grant.objects.get(person_key__person=cast.ama.person, team_key__team=cast.harbor)
        other = Grant.objects.get(person_key__person=cast.sue.person, team_key__team=cast.garden)
        setattr(grant, change, "card" if change == "scope" else getattr(other, change))
        with pytest.raises(Unreadable, match="not given by a colleague"):
            keys.open_grant(grant, cast.ama.pair, cast.ama.person.pk)

    def test_a_grant_of_somebody_else_does_not_open_with_ones_own_keys(self, cast: Cast) -> None:
        grant = Grant.objects.get(person_key__person=cast.ama.person, team_key__team=cast.harbor)
        with pytest.raises(Unreadable):
            keys.open_grant(grant, cast.eve.pair, cast.ama.person.pk)

    def test_a_recovery_copy_opens_with_its_own_kit_only(self, cast: Cast) -> None:
        with pytest.raises(Unreadable):
            keys.recovered(TeamKey.objects.get(team=cast.harbor), KeyPair.fresh())


class TestPassphrases:
    @pytest.mark.parametrize(
        ("chosen", "typed"),
        [
            ("bird 🐦 over the harbor 🇲🇽", "bird 🐦 over the harbor 🇲🇽"),
            ("caf\u00e9 ma\u00f1ana", "cafe\u0301 man\u0303ana"),
            ("two\u00a0words and more", "two words and more"),
            ("  two  words and\tmore ", "two words and more"),
            ("ＦＵＬＬ width", "FULL width"),
            ("ﬁsh and chips", "fish and chips"),
            ("broken \ud83d half", "broken \ud83d half"),
            ("سلام بر شما", "سلام بر شما"),
        ],
    )  # fmt: skip
    def test_what_keyboards_write_differently_opens_the_same(
        self, cast: Cast, chosen: str, typed: str
    ) -> None:
        person = cast.ama.person
        old = Credential.objects.get(key__person=person)
        keys.rewrapped(old, cast.ama.pair, chosen, make.CHEAP).save(force_update=True)
        assert keys.open_keys(person, typed) is not None
        assert keys.open_keys(person, typed + "x") is None

    def test_capitals_matter(self, cast: Cast) -> None:
        assert keys.open_keys(cast.ama.person, make.PASSPHRASE.upper()) is None

    def test_a_new_passphrase_opens_and_the_old_one_opens_nothing(self, cast: Cast) -> None:
        with make.entering(cast.ama, Action.OWN_ACCOUNT) as entered:
            actions.new_passphrase(entered, now=make.PASSPHRASE, new="something quite new")
        assert keys.open_keys(cast.ama.person, make.PASSPHRASE) is None
        pair = keys.open_keys(cast.ama.person, "something quite new")
        assert pair is not None
        assert pair.public == cast.ama.pair.public
        assert Credential.objects.filter(key__person=cast.ama.person).count() == 1

    def test_without_the_passphrase_of_now_there_is_no_new_one(self, cast: Cast) -> None:
        with (
            make.entering(cast.ama, Action.OWN_ACCOUNT) as entered,
            pytest.raises(actions.CannotDo, match="does not match"),
        ):
            actions.new_passphrase(entered, now="guessed", new="something quite new")
        assert keys.open_keys(cast.ama.person, make.PASSPHRASE) is not None

    def test_a_credential_moved_to_somebody_else_opens_nothing(self, cast: Cast) -> None:
        stolen = Credential.objects.get(key__person=cast.ama.person)
        Credential.objects.filter(key__person=cast.cyd.person).update(salt=stolen.salt, blob=stolen.blob)
        with pytest.raises(Unreadable):
            keys.open_keys(cast.cyd.person, make.PASSPHRASE)


class TestTheSameWork:
    @pytest.fixture
    def runs(self, monkeypatch: pytest.MonkeyPatch) -> list[Stretch]:
        """Every Argon2id run, with what it cost."""
        counted: list[Stretch] = []
        real: Callable[[bytes, bytes, Stretch], Key] = cipher.stretch

        def stretch(passphrase: bytes, salt: bytes, cost: Stretch) -> Key:
            counted.append(cost)
            return real(passphrase, salt, make.CHEAP)

        monkeypatch.setattr(cipher, "stretch", stretch)
        return counted

    def test_one_run_for_the_right_and_for_the_wrong_words(self, cast: Cast, runs: list[Stretch]) -> None:
        keys.open_keys(cast.ama.person, make.PASSPHRASE)
        keys.open_keys(cast.ama.person, "wrong")
        assert len(runs) == 2

    def test_one_run_of_full_cost_for_nobody_for_who_left_and_for_who_has_not_joined(
        self, cast: Cast, runs: list[Stretch]
    ) -> None:
        left = cast.somebody(Role.VOLUNTEER).person
        left.left_at = timezone.now()
        runs.clear()
        for person in (None, left, cast.eve.person):
            assert keys.open_keys(person, "anything") is None
        assert runs == [Stretch(), Stretch(), Stretch()]


class TestAnotherPepper:
    def test_it_says_so_instead_of_a_wrong_passphrase(
        self, cast: Cast, settings: Settings, tmp_path: Path
    ) -> None:
        make_pepper(tmp_path / "another")
        settings.LEEWARD_PEPPER_FILE = tmp_path / "another"
        with pytest.raises(PepperProblem, match=r"is not the one .* Put the right pepper file back"):
            keys.open_keys(cast.ama.person, make.PASSPHRASE)
        with pytest.raises(PepperProblem):
            keys.check_pepper(Agency.objects.get())

    @pytest.mark.usefixtures("cast")
    def test_the_right_one_is_known(self) -> None:
        keys.check_pepper(Agency.objects.get())

    def test_a_damaged_credential_is_not_taken_for_another_pepper(self, cast: Cast) -> None:
        Credential.objects.filter(key__person=cast.ama.person).update(blob=bytes(100))
        with pytest.raises(Unreadable):
            keys.open_keys(cast.ama.person, make.PASSPHRASE)
