"""What is kept: every table that Django lists, except what is nobody's record, and how a row is written."""

from __future__ import annotations

from base64 import b64encode
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.apps.registry import Apps
    from django.db.models import Field, Model

# Sessions are keys to somebody's account; the other two are made by every migrate, and nothing of ours refers to them.
LEFT_OUT = ("auth", "contenttypes", "sessions")
CHUNK = 2000


def kept(apps: Apps) -> list[type[Model]]:
    """Every table that belongs into a backup, in the order of their names."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in LEFT_OUT  # noqa: SLF001 - Django documents _meta
    ]
    return sorted(found, key=table_of)


def table_of(model: type[Model]) -> str:
    """Name of its table."""
    return model._meta.db_table  # noqa: SLF001 - Django documents _meta


def fields_of(model: type[Model]) -> list[Field[Any, Any]]:
    """Its columns."""
    return list(model._meta.concrete_fields)  # noqa: SLF001 - Django documents _meta


def columns_of(model: type[Model]) -> tuple[str, ...]:
    """Names of its columns."""
    return tuple(str(field.column) for field in fields_of(model))


def rows_of(model: type[Model]) -> Iterator[list[object]]:
    """Every row as plain values, in the order of the primary key."""
    names = [field.attname for field in fields_of(model)]
    for row in model._base_manager.order_by("pk").values_list(*names).iterator(CHUNK):  # noqa: SLF001 - Django documents it
        yield [_plain(value) for value in row]


def insert(model: type[Model], columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Put rows into the table as they are: no default, no clock of ours touches them."""
    by_column, quote = {field.column: field for field in fields_of(model)}, connection.ops.quote_name
    fields = [by_column[column] for column in columns]
    places = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(table_of(model))} ({', '.join(map(quote, columns))}) VALUES ({places})",  # noqa: S608 - names from Django's own list
            [[_stored(field, value) for field, value in zip(fields, row, strict=True)] for row in rows],
        )


def _plain(value: object) -> object:
    """Write a value so that its field reads it back exactly (Django's own JSON would cut microseconds)."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode("ascii")
    return str(value) if isinstance(value, Decimal | UUID) else value


def _stored(field: Field[Any, Any], value: object) -> Any:  # noqa: ANN401 - whatever the driver takes
    return field.get_db_prep_save(field.to_python(value), connection)
