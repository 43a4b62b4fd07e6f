"""Where sealed words belong, and what shape they have: moved they stay shut, old ones are lifted, newer ones say so."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from leeward.cases.models import Entry
from leeward.vault import fields
from leeward.vault.cipher import Key
from leeward.vault.fields import Sealed, SealedDate, SealedDateTime, SealedFile, SealedText
from leeward.vault.files import FileKey
from leeward.vault.keyring import carrying, ring
from leeward.vault.scopes import Compartment, HeldKey, Scope, Unreadable
from tests import make
from tests.cast import Cast

WORDS = "She laughed on the phone today."


@pytest.fixture
def entry(cast: Cast) -> Entry:
    """A note as the database gives it, with no door open."""
    return Entry.objects.get(pk=make.an_entry(cast.dee, by=cast.ama, text=WORDS).pk)


class TestMoved:
    def swap(self, one: Entry, into: Entry, name: str = "text") -> None:
        Entry.objects.filter(pk=into.pk).update(**{name: one.__dict__["text"]})

    def test_to_another_row_words_do_not_open(self, cast: Cast, entry: Entry) -> None:
        other = make.an_entry(cast.dee, by=cast.ama)
        self.swap(entry, other)
        with make.opening(cast.dee, cast.ama), pytest.raises(Unreadable):
            _ = Entry.objects.get(pk=other.pk).text

    def test_to_another_label_words_do_not_open(self, cast: Cast, entry: Entry) -> None:
        self.swap(entry, entry, "facts")
        with make.opening(cast.dee, cast.ama), pytest.raises(Unreadable):
            _ = Entry.objects.get().facts

    def test_to_another_case_words_do_not_open(self, cast: Cast, entry: Entry) -> None:
        other = make.an_entry(make.a_case(by=cast.ama, name="Fay"), by=cast.ama)
        self.swap(entry, other)
        with make.opening(other.case, cast.ama), pytest.raises(Unreadable):
            _ = Entry.objects.get(pk=other.pk).text

    def test_to_another_agency_words_do_not_open(self, cast: Cast, entry: Entry) -> None:
        with make.opening(cast.dee, cast.ama):
            scope = Scope.case(cast.dee.pk, Compartment.NOTES)
            key = ring().opening(scope, 1)
        with carrying(uuid4()) as held:
            held.hold([HeldKey(scope, 1, key)])
            with pytest.raises(Unreadable):
                _ = entry.text

    def test_with_another_epoch_in_the_header_words_do_not_open(self, cast: Cast, entry: Entry) -> None:
        envelope = bytearray(entry.__dict__["text"].envelope)
        envelope[7] = 2
        entry.__dict__["text"] = Sealed(bytes(envelope))
        with make.opening(cast.dee, cast.ama):
            scope = Scope.case(cast.dee.pk, Compartment.NOTES)
            ring().hold([HeldKey(scope, 2, ring().opening(scope, 1))])
            with pytest.raises(Unreadable):
                _ = entry.text

    @pytest.mark.usefixtures("entry")
    def test_a_damaged_row_says_so(self, cast: Cast) -> None:
        Entry.objects.update(text=Sealed(b"\0damaged"))
        with make.opening(cast.dee, cast.ama), pytest.raises(Unreadable, match="not sealed by Leeward"):
            _ = Entry.objects.get().text


class Row:
    """Something with one sealed field, for what a model cannot show."""

    pk = UUID(int=1)

    def seal_scope(self, part: Compartment | None) -> Scope:  # noqa: ARG002 - everything here is the same person's
        return Scope.person(self.pk)


class TestShapes:
    @pytest.fixture(autouse=True)
    def _held(self) -> Iterator[None]:
        with carrying(uuid4()) as held:
            held.hold([HeldKey(Scope.person(Row.pk), 1, Key.fresh())])
            yield

    def of_shape(self, shape: int) -> SealedText:
        field = SealedText(label="tests.shape")
        field.shape = shape
        return field

    def test_an_older_shape_is_lifted_when_it_is_opened(self, monkeypatch: pytest.MonkeyPatch) -> None:
        steps = {1: lambda plain: plain + b" two", 2: lambda plain: plain + b" three"}
        monkeypatch.setitem(fields.UPGRADERS, "tests.shape", steps)
        first, second = (self.of_shape(shape).sealed(Row(), "one") for shape in (1, 2))
        assert self.of_shape(3).opened(Row(), first) == "one two three"
        assert self.of_shape(3).opened(Row(), second) == "one three"
        assert self.of_shape(1).opened(Row(), first) == "one"

    def test_a_newer_shape_says_what_to_do(self) -> None:
        newer = self.of_shape(2).sealed(Row(), "from tomorrow")
        with pytest.raises(Unreadable, match="install that version or a later one"):
            self.of_shape(1).opened(Row(), newer)

    def test_days_and_moments_come_back_as_they_were(self) -> None:
        day, moment = date(2026, 2, 28), datetime(2026, 2, 28, 23, 59, 1, 5, tzinfo=UTC)
        days, moments = SealedDate(label="tests.day"), SealedDateTime(label="tests.moment")
        assert days.opened(Row(), days.sealed(Row(), day)) == day
        assert moments.opened(Row(), moments.sealed(Row(), moment)) == moment

    def test_the_key_of_a_file_comes_back_as_it_was(self) -> None:
        field, key = SealedFile(label="tests.file"), FileKey.fresh()
        assert field.opened(Row(), field.sealed(Row(), key)).reveal() == key.reveal()

    def test_a_moment_without_a_time_zone_is_a_mistake(self) -> None:
        with pytest.raises(ValueError, match="needs a time zone"):
            SealedDateTime(label="tests.moment").sealed(Row(), datetime(2026, 2, 28))  # noqa: DTZ001

    def test_yes_and_no_have_the_same_size(self) -> None:
        field = self.of_shape(1)
        assert len(field.sealed(Row(), "yes").envelope) == len(field.sealed(Row(), "no").envelope)

    def test_a_field_that_cannot_seal_says_so(self) -> None:
        bare: fields.SealedField[str] = fields.SealedField(label="tests.bare")
        with pytest.raises(NotImplementedError):
            bare.encode("words")
        with pytest.raises(NotImplementedError):
            bare.decode(b"words")
