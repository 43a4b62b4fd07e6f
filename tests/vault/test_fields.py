"""The words of a row open inside the gate and nowhere else, however they are asked for."""

import io
import json
import pickle
from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.core import management, serializers
from django.db import connection
from django.db.models import F
from django.template import Context, Engine

from leeward.access.policy import Action
from leeward.cases.models import Draft, Entry, Participant
from leeward.staff.models import Team
from leeward.vault.fields import Sealed
from leeward.vault.fields.sealed import SealedAttribute
from leeward.vault.keyring import carrying, ring
from leeward.vault.scopes import Locked
from tests import make
from tests.cast import Cast

WORDS = "She laughed on the phone today."


@pytest.fixture
def entry(cast: Cast) -> Entry:
    """A note as the database gives it, with no door open."""
    return Entry.objects.get(pk=make.an_entry(cast.dee, by=cast.ama, text=WORDS).pk)


@pytest.fixture
def behind_a_shut_door(cast: Cast, entry: Entry) -> Iterator[None]:
    """A request that has a ring, but not Dee's keys."""
    with carrying(cast.agency.agency.pk):
        yield


class TestShut:
    def test_the_attribute_is_locked(self, entry: Entry) -> None:
        with pytest.raises(Locked):
            _ = entry.text

    @pytest.mark.usefixtures("behind_a_shut_door")
    def test_a_ring_without_the_key_is_tripped(self, entry: Entry) -> None:
        with pytest.raises(Locked):
            _ = entry.text
        assert ring().tripped

    @pytest.mark.parametrize(
        "template",
        [
            "{{ entry.text }}",
            "{{ entry.text|default:'nothing' }}",
            "{% if entry.text %}yes{% endif %}",
            "{% if entry.text and 1 %}yes{% else %}no{% endif %}",
            "{% firstof entry.text 'nothing' %}",
            "{% with words=entry.text %}{{ words }}{% endwith %}",
            "{% for letter in entry.text %}{{ letter }}{% endfor %}",
        ],
    )
    @pytest.mark.usefixtures("behind_a_shut_door")
    def test_a_template_shows_nothing_and_trips_the_ring(self, entry: Entry, template: str) -> None:
        shown = ""
        with suppress(Locked):
            shown = Engine().from_string(template).render(Context({"entry": entry}))
        assert "laughed" not in shown
        assert ring().tripped

    def test_printing_the_row_tells_nothing(self, entry: Entry) -> None:
        assert "laughed" not in f"{entry} {entry!r} {entry!s} {vars(entry)} {[entry]}"

    @pytest.mark.usefixtures("entry")
    def test_values_are_shown_as_sealed(self) -> None:
        assert str(Entry.objects.values("text").get()) == "{'text': <sealed>}"
        assert str(Entry.objects.values_list("text", flat=True).get()) == "<sealed>"
        assert str(Entry.objects.annotate(copy=F("text")).values("copy").get()) == "{'copy': <sealed>}"

    @pytest.mark.parametrize("form", ["json", "jsonl", "python"])
    def test_serializers_write_sealed_bytes(self, entry: Entry, form: str) -> None:
        told = str(serializers.serialize(form, Entry.objects.all()))
        assert "laughed" not in told
        assert str(entry.pk) in told

    @pytest.mark.usefixtures("entry")
    def test_dumpdata_writes_sealed_bytes_and_loaddata_reads_them(self, cast: Cast) -> None:
        dumped = io.StringIO()
        management.call_command("dumpdata", "cases.entry", stdout=dumped)
        assert "laughed" not in dumped.getvalue()
        Entry.objects.all().delete()
        for back in serializers.deserialize("json", dumped.getvalue()):
            back.save()
        with make.opening(cast.dee, cast.ama):
            assert Entry.objects.get().text == WORDS

    @pytest.mark.usefixtures("entry")
    def test_a_serializer_that_reads_the_attribute_is_locked(self) -> None:
        with pytest.raises(Locked):
            serializers.serialize("xml", Entry.objects.all())

    def test_a_pickled_row_is_sealed(self, entry: Entry) -> None:
        entry.__dict__["text"] = Sealed(b"sealed bytes")
        assert b"laughed" not in pickle.dumps(entry)

    @pytest.mark.usefixtures("entry")
    def test_the_column_holds_no_words(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM cases_entry")
            assert not any(
                b"laughed" in bytes(v) for v in cursor.fetchone() if isinstance(v, bytes | memoryview)
            )


class TestPlainWords:
    @pytest.mark.usefixtures("entry")
    def test_they_cannot_be_written_by_update(self) -> None:
        with pytest.raises(TypeError, match="plain words cannot reach"):
            Entry.objects.update(text="plain")

    @pytest.mark.parametrize(
        "lookup", ["text", "text__in", "text__contains", "text__icontains", "text__regex"]
    )
    @pytest.mark.usefixtures("entry")
    def test_they_cannot_be_searched_for(self, lookup: str) -> None:
        with pytest.raises(TypeError):
            Entry.objects.filter(**{lookup: "laughed"}).exists()

    def test_they_cannot_be_made_in_bulk_without_a_key(self, cast: Cast) -> None:
        rows = [Entry(case=cast.dee, number=9, author=cast.ama.person, text="plain", facts={})]
        with pytest.raises(Locked):
            Entry.objects.bulk_create(rows)

    def test_they_cannot_be_saved_without_a_key(self, entry: Entry) -> None:
        entry.text = "plain"
        with pytest.raises(Locked):
            entry.save()

    def test_a_row_whose_words_are_sealed_already_can_be_saved(self, entry: Entry) -> None:
        entry.version = 2
        entry.save()
        assert Entry.objects.get().version == 2

    @pytest.mark.usefixtures("entry")
    def test_whether_there_are_words_may_be_asked(self) -> None:
        assert Entry.objects.filter(text__isnull=False).exists()
        assert Team.objects.filter(name=None).get().everyone


class TestOpen:
    def test_the_words_are_there_until_the_door_shuts(self, cast: Cast, entry: Entry) -> None:
        with make.opening(cast.dee, cast.ama):
            assert entry.text == WORDS
        with pytest.raises(Locked):
            _ = entry.text

    def test_words_just_saved_do_not_stay_on_the_row(self, cast: Cast) -> None:
        with make.opening(cast.dee, cast.ama, Action.WRITE_ENTRY) as file:
            entry = make.written(file, WORDS)
        with pytest.raises(Locked):
            _ = entry.text

    @pytest.mark.usefixtures("entry")
    def test_a_deferred_field_opens_like_any_other(self, cast: Cast) -> None:
        deferred = Entry.objects.defer("text").get()
        with make.opening(cast.dee, cast.ama):
            assert deferred.text == WORDS
        with pytest.raises(Locked):
            _ = deferred.text

    @pytest.mark.usefixtures("entry")
    def test_a_deferred_field_is_serialized_sealed(self) -> None:
        told = json.loads(serializers.serialize("json", Entry.objects.only("number")))
        assert "laughed" not in told[0]["fields"]["text"]

    @pytest.mark.usefixtures("entry")
    def test_saving_a_row_with_a_deferred_field_keeps_its_words(self, cast: Cast) -> None:
        deferred = Entry.objects.defer("text").get()
        deferred.version = 3
        deferred.save()
        with make.opening(cast.dee, cast.ama):
            assert Entry.objects.get(version=3).text == WORDS

    def test_loading_a_row_again_needs_no_key(self, entry: Entry) -> None:
        Entry.objects.update(version=4)
        entry.refresh_from_db()
        assert entry.version == 4
        assert isinstance(entry.__dict__["text"], Sealed)

    def test_words_loaded_again_do_not_stay_on_the_row(self, cast: Cast, entry: Entry) -> None:
        with make.opening(cast.dee, cast.ama):
            entry.text = "not saved"
            entry.refresh_from_db(fields=["text", "version"])
            assert entry.text == WORDS
        with pytest.raises(Locked):
            _ = entry.text

    def test_loading_from_a_chosen_queryset_works_too(self, entry: Entry) -> None:
        entry.refresh_from_db(from_queryset=Entry.objects.select_related("author"))
        entry.refresh_from_db(fields=["text"], from_queryset=Entry.objects.all())
        assert isinstance(entry.__dict__["text"], Sealed)

    @pytest.mark.usefixtures("cast")
    def test_none_stays_none_and_needs_no_key(self) -> None:
        assert Team.objects.get(everyone=True).name is None

    def test_new_words_can_be_read_before_they_are_saved(self) -> None:
        assert Entry(text="just typed").text == "just typed"

    def test_the_class_gives_the_attribute_itself(self) -> None:
        attribute: object = Entry.text
        assert isinstance(attribute, SealedAttribute)


def test_a_migration_names_label_and_compartment() -> None:
    told = {
        name: Participant._meta.get_field("card").deconstruct()[3].get(name)
        for name in ("label", "compartment")
    }
    assert told == {"label": "cases.participant.card", "compartment": "card"}
    assert Draft._meta.get_field("words").deconstruct()[3]["compartment"] is None


def test_a_form_sees_the_sealed_value(entry: Entry) -> None:
    field = Entry._meta.get_field("text")
    assert str(field.value_from_object(entry)) == "<sealed>"
    assert field.value_to_string(Entry(text="not sealed yet")) == ""
