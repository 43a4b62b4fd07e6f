"""Model fields whose column holds only sealed bytes.

Reading the attribute opens it with the key-ring of the request, or raises `Locked`. Nothing opened is kept on the
object, so when the door shuts the words are gone. `values()` shows `<sealed>`, `dumpdata` writes the sealed bytes,
and plain words cannot reach the column by `update()` or `filter()`: they raise `TypeError`.

The model says whose words they are with `seal_scope(part)`; the label is frozen, so renaming a field loses nothing.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, cast, overload

from django.db import models

from leeward.vault import cipher
from leeward.vault.keyring import ring
from leeward.vault.padding import pad, unpad
from leeward.vault.scopes import Compartment, Scope, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from django.db.backends.base.base import BaseDatabaseWrapper

    from leeward.vault.cipher import Key

#: Labels of every sealed field, filled as models load; `tests/vault/labels.txt` freezes them.
LABELS: Final[dict[str, SealedField[Any]]] = {}
#: label -> shape -> function that lifts a payload of that shape to the next one. Pure; run when the field is opened.
UPGRADERS: Final[dict[str, dict[int, Callable[[bytes], bytes]]]] = {}


if TYPE_CHECKING:
    _Column = models.BinaryField[Any, Any]
else:
    _Column = models.BinaryField


#: Opens a value: the key that wraps, the wrapped key and its place, the numbers of owner and row, the sealed bytes.
type Reader[T] = Callable[[Key, bytes, bytes, tuple[bytes, bytes], bytes], T]


class SealedRow(Protocol):
    """What a model with sealed fields offers."""

    pk: UUID

    def seal_scope(self, part: Compartment | None) -> Scope:
        """Whose key seals this row's words."""


class Sealed:
    """Sealed bytes as they came from the database. Prints as `<sealed>` wherever it ends up."""

    __slots__ = ("envelope",)

    def __init__(self, envelope: bytes) -> None:
        """Wrap the bytes of a column."""
        self.envelope = envelope

    def __repr__(self) -> str:
        """Tell nothing."""
        return "<sealed>"


class SealedAttribute[T]:
    """The attribute on the model: opens on reading, takes plain words on writing, seals when saved."""

    def __init__(self, field: SealedField[T]) -> None:
        """Serve one field."""
        self.field = field

    def __get__(self, row: Any, owner: type) -> Any:  # noqa: ANN401 - Django's own descriptors are untyped
        """The words themselves, or `Locked`."""
        if row is None:
            return self
        value = self.field.stored(row)
        return self.field.opened(row, value) if isinstance(value, Sealed) else value

    def __set__(self, row: Any, value: Any) -> None:  # noqa: ANN401
        """Keep the new words until they are saved."""
        row.__dict__[self.field.attname] = value


class SealedField[T](_Column):
    """The common part of all sealed fields."""

    shape = 1

    def __init__(self, *, label: str, compartment: str | None = None, **options: Any) -> None:  # noqa: ANN401
        """`label` names the field for ever; `compartment` says which part of a participant's file it is in."""
        self.label = label
        self.compartment = Compartment(compartment) if compartment else None
        self._place = f"/{compartment or ''}/{label}".encode()
        super().__init__(**options)

    if TYPE_CHECKING:

        @overload  # type: ignore[override]  # Django's stubs know no field that opens
        def __get__(self, row: None, owner: object) -> Self: ...
        @overload
        def __get__(self, row: models.Model, owner: object) -> T: ...
        def __get__(self, row: models.Model | None, owner: object) -> Self | T: ...
        def __set__(self, row: models.Model, value: T) -> None: ...

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Put our attribute on the model and remember the label."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, SealedAttribute(self))
        if not cls._meta.abstract and cls.__module__ != "__fake__":
            LABELS[self.label] = self

    def deconstruct(self) -> Any:  # noqa: ANN401
        """Migrations know the label and the compartment too."""
        name, _, args, options = super().deconstruct()
        path = f"leeward.vault.fields.{type(self).__name__}"
        options.update(label=self.label, compartment=self.compartment and self.compartment.value)
        options.pop("editable", None)
        return name, path, args, options

    def stored(self, row: models.Model) -> Any:  # noqa: ANN401
        """What the row holds: the sealed form, or new words that are not saved yet. A deferred column is read now."""
        if self.attname not in row.__dict__:
            row.refresh_from_db(fields=[self.attname])
        return row.__dict__[self.attname]

    def encode(self, value: T) -> bytes:
        """Words to bytes."""
        raise NotImplementedError

    def decode(self, plain: bytes) -> T:
        """Bytes to words."""
        raise NotImplementedError

    def bound(self, row: bytes, scope: Scope, agency: UUID) -> bytes:
        """Where these words belong: agency, owner, row and label. Moved anywhere else they do not open."""
        return agency.bytes + scope.id.bytes + row + scope.kind.encode() + self._place

    def sealed(self, row: SealedRow, value: T) -> Sealed:
        """Seal a value with the newest key on the ring."""
        carried, scope = ring(), row.seal_scope(self.compartment)
        epoch, key = carried.sealing(scope)
        context = self.bound(row.pk.bytes, scope, carried.agency)
        return Sealed(key.seal(pad(self.encode(value)), context, epoch=epoch, shape=self.shape))

    def opened(self, row: SealedRow, value: Sealed) -> T:
        """Open a value of a row."""
        return self.opened_at(row.pk.bytes, row.seal_scope(self.compartment), value)

    def opened_at(self, row: bytes, scope: Scope, value: Sealed) -> T:
        """Open a value with the key of its epoch, lifted to today's shape.

        Search opens thousands without making rows, so the row's number is taken as bytes.
        """
        carried, envelope = ring(), value.envelope
        shape, epoch = cipher.header(envelope)
        key = carried.opening(scope, epoch)
        plain = unpad(key.unseal(envelope, self.bound(row, scope, carried.agency)))
        return self.decode(plain if shape == self.shape else self.lifted(plain, shape))

    def reader(self, agency: UUID, kind: str) -> Reader[T]:
        """Opens values by the numbers of their owner and row, with wrapped keys that come to no ring.

        For search alone, which looks through thousands and shows few: the gate lets it turn keys one by one.
        """
        start, end = agency.bytes, kind.encode() + self._place

        def read(secret: Key, wrapped: bytes, place: bytes, names: tuple[bytes, bytes], envelope: bytes) -> T:
            owner, row = names
            plain = unpad(secret.unseal_under(wrapped, place, envelope, start + owner + row + end))
            return self.decode(plain if envelope[3] == self.shape else self.lifted(plain, envelope[3]))

        return read

    def lifted(self, plain: bytes, shape: int) -> bytes:
        """Bring an older payload to today's shape; a newer one is an error that says what to do."""
        if shape > self.shape:
            raise Unreadable(
                "this was written by a newer version of Leeward: install that version or a later one"
            )
        for step in range(shape, self.shape):
            plain = UPGRADERS[self.label][step](plain)
        return plain

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> Sealed | None:
        """Rows, `values()` and `values_list()` all get the sealed form."""
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:  # noqa: FBT001, ARG002
        """Seal what was written since the row was read."""
        value = self.stored(model_instance)
        if value is not None and not isinstance(value, Sealed):
            value = self.sealed(cast("SealedRow", model_instance), value)
            model_instance.__dict__[self.attname] = value
        return cast("Sealed | None", value)

    def get_prep_value(self, value: Any) -> Sealed | None:  # noqa: ANN401
        """Let only sealed bytes through."""
        if value is None or isinstance(value, Sealed):
            return value
        raise TypeError(f"plain words cannot reach {self.label}: set the attribute and save the row")

    def get_lookup(self, lookup_name: str) -> Any:  # noqa: ANN401
        """Nothing can be searched for in sealed bytes, so nobody puts words into a query by mistake."""
        if lookup_name not in {"exact", "isnull"}:
            raise TypeError(f"{self.label} is sealed: the database cannot look into it")
        return super().get_lookup(lookup_name)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002
        """The bytes for the driver."""
        value = value if prepared else self.get_prep_value(value)
        return value and connection.Database.Binary(value.envelope)  # type: ignore[attr-defined]  # every backend has it

    def value_from_object(self, obj: models.Model) -> Any:  # noqa: ANN401
        """Serializers and forms see the sealed form, never the words."""
        return self.stored(obj)

    def value_to_string(self, obj: models.Model) -> str:
        """`dumpdata` writes sealed bytes."""
        value = self.value_from_object(obj)
        return base64.b64encode(value.envelope).decode() if isinstance(value, Sealed) else ""

    def to_python(self, value: Any) -> Any:  # noqa: ANN401
        """`loaddata` reads them back."""
        return Sealed(base64.b64decode(value)) if isinstance(value, str) else value


class SealedModel(models.Model):
    """A row with sealed fields: loading it again loads them sealed.

    Django reloads by reading every attribute, which would open the words and leave them on the object.
    """

    class Meta:
        abstract = True

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:  # noqa: ANN401
        """Load the clear columns as Django does, and the sealed ones as they are."""
        names = {field.attname for field in self._meta.concrete_fields if isinstance(field, SealedField)}
        wanted = names & (self.__dict__.keys() if fields is None else set(fields))
        for name in wanted:
            self.__dict__.pop(name, None)  # as if deferred, so that Django leaves it alone
        rest = None if fields is None else set(fields) - names
        if rest is None or rest:
            super().refresh_from_db(using, rest, from_queryset)
        if wanted:
            rows = self.__class__._base_manager.using(using) if from_queryset is None else from_queryset  # noqa: SLF001
            self.__dict__.update(rows.filter(pk=self.pk).values(*wanted).get())

    def _save_table(self, raw: bool = False, *rest: Any, **more: Any) -> bool:  # noqa: ANN401, ARG002, FBT001, FBT002
        """`loaddata` would read attributes, and so open them: it saves what is sealed like everybody else."""
        return super()._save_table(False, *rest, **more)  # type: ignore[misc, no-any-return]  # noqa: FBT003
