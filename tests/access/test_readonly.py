import pytest
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Replace
from pytest_django import Settings

from leeward.access import trail
from leeward.access.models import Line
from leeward.access.readonly import WriteDuringRead, _refuse_writes, reading
from leeward.access.trail import Outcome

MAY = frozenset({"access_line", "signin_session"})

PASSES = [
    'SELECT "cases_case"."id" FROM "cases_case" WHERE "cases_case"."update" = %s',
    "SELECT 'INSERT INTO cases_case' AS words",
    "SELECT 'it''s; DROP TABLE x'",
    "SELECT 1 -- DELETE FROM cases_case",
    "SELECT /* UPDATE cases_case\n SET x = 1 */ 1",
    "SELECT REPLACE(name, %s, %s) FROM staff_team",
    "(SELECT 1) UNION (SELECT 2)",
    "WITH mine AS (SELECT 1) SELECT * FROM mine",
    "VALUES (1), (2)",
    "EXPLAIN QUERY PLAN SELECT 1",
    "SELECT * FROM staff_person FOR UPDATE OF staff_person",
    "SELECT * FROM staff_person FOR NO KEY UPDATE",
    "SELECT pg_advisory_xact_lock(%s)",
    "SELECT 1;",
    "",
    "BEGIN IMMEDIATE",
    'SAVEPOINT "s1"',
    'RELEASE SAVEPOINT "s1"',
    'ROLLBACK TO SAVEPOINT "s1"',
    "COMMIT",
    'INSERT INTO "signin_session" ("id") VALUES (%s)',
    'INSERT INTO "signin_session" ("id") VALUES (%s) ON CONFLICT("id") DO UPDATE SET "seen" = 1',
    "insert or ignore into signin_session values (1)",
    'UPDATE "signin_session" SET "seen" = %s',
    "UPDATE ONLY signin_session SET seen = 1",
    "UPDATE OR IGNORE signin_session SET seen = 1",
    'DELETE FROM "signin_session" WHERE "id" IN (SELECT 1)',
    "DELETE FROM ONLY signin_session",
    "REPLACE INTO signin_session VALUES (1)",
]
STAYS_OUT = [
    'INSERT INTO "cases_case" ("id") VALUES (%s)',
    "INSERT OR REPLACE INTO cases_case VALUES (1)",
    'UPDATE "cases_case" SET "open" = %s',
    "UPDATE OR IGNORE cases_case SET open = 1",
    "UPDATE ONLY cases_case SET open = 1",
    'DELETE FROM "cases_case"',
    "delete\nfrom only cases_case",
    "REPLACE INTO cases_case VALUES (1)",
    "MERGE INTO cases_case USING x ON true WHEN MATCHED THEN DELETE",
    "WITH gone AS (DELETE FROM cases_case RETURNING *) SELECT * FROM gone",
    "WITH new AS (INSERT INTO cases_case VALUES (1) RETURNING *) SELECT * FROM new",
    "WITH new AS (UPDATE cases_case SET open = 1 RETURNING *) SELECT * FROM new",
    "WITH new AS (SELECT 1) INSERT INTO cases_case SELECT * FROM new",
    "INSERT INTO signin_session SELECT * FROM (WITH x AS (DELETE FROM cases_case) SELECT 1)",
    "EXPLAIN ANALYZE DELETE FROM cases_case",
    "SELECT * INTO stolen FROM cases_case",
    "SELECT 1; DELETE FROM cases_case",
    "SELECT 1; DROP TABLE cases_case",
    'UPDATE "other"."signin_session" SET "seen" = 1',
    "UPDATE",
    "PRAGMA user_version = 3",
    "CREATE TABLE x (id int)",
    "DROP TABLE access_line",
    "ALTER TABLE cases_case ADD COLUMN x int",
    "TRUNCATE signin_session",
    "VACUUM",
    "ATTACH DATABASE 'x' AS x",
    "CALL something()",
    "DO $$ BEGIN DELETE FROM cases_case; END $$",
    "COPY cases_case FROM STDIN",
    "SET default_transaction_read_only = off",
]


@pytest.mark.parametrize("sql", PASSES)
def test_reading_passes_and_so_do_the_listed_tables(sql: str) -> None:
    _refuse_writes(sql, MAY)


@pytest.mark.parametrize("sql", STAYS_OUT)
def test_writing_is_stopped(sql: str) -> None:
    with pytest.raises(WriteDuringRead, match="while only looking"):
        _refuse_writes(sql, MAY)


@pytest.mark.django_db
@pytest.mark.postgres
class TestReading:
    @pytest.mark.parametrize(
        "sql", ["CREATE TABLE seen (id int)", "UPDATE seen SET id = 1", "PRAGMA user_version = 3"]
    )
    def test_the_database_is_not_reached(self, sql: str) -> None:
        with connection.cursor() as cursor, reading(), pytest.raises(WriteDuringRead):
            cursor.execute(sql)

    def test_many_at_once_neither(self) -> None:
        with connection.cursor() as cursor, reading(), pytest.raises(WriteDuringRead):
            cursor.executemany("INSERT INTO seen VALUES (%s)", [[1], [2]])

    def test_queries_and_the_trail_pass(self) -> None:
        with reading():
            trail.write(actor=None, action="own:today", outcome=Outcome.DONE)
            words = Line.objects.annotate(words=Replace(F("action"), Value("own"), Value("my")))
            assert list(words.values_list("words", flat=True)) == ["my:today"]

    def test_transactions_pass(self) -> None:
        with reading(), transaction.atomic():
            assert not Line.objects.select_for_update().exists()

    def test_the_tables_that_the_settings_list_pass(self, settings: Settings) -> None:
        settings.LEEWARD_READS_MAY_WRITE = {"seen"}
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE seen (id int)")
            with reading():
                cursor.execute("INSERT INTO seen VALUES (1)")
            cursor.execute("DROP TABLE seen")

    def test_afterwards_everything_is_as_before(self) -> None:
        with reading():
            pass
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE seen (id int)")
            cursor.execute("DROP TABLE seen")
