"""SQL as only a forger speaks it to the database, past every action of the house."""

from django.db import IntegrityError, connection, transaction

from yupana.foundation.ledger.guards import REFUSAL


def execute(sql: str, **words: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(**words))


def refuses(sql: str, **words: object) -> bool:
    """Whether a guard refuses the statement, and not something else by chance."""
    try:
        execute(sql, **words)
    except IntegrityError as error:
        return REFUSAL in str(error)
    return False
