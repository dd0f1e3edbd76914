"""Looking people up by shared keys and by likeness of name."""

from __future__ import annotations

from django.db import connection
from tests.records.conftest import make_record

from cairn.records import search
from cairn.records.models import NameKey, PersonName
from cairn.records.search import NameToFile


def file(name, *keys):
    record = make_record()
    search.file_under(record.id, [NameToFile(name, name.lower())], keys)
    return record.id


def test_those_who_share_most_keys_come_first(db):
    one = file("Robin Made-Up", "s:RBN", "b:2016-05-04", "p:MT+RBN")
    two = file("Robyn Other", "s:RBN", "b:2016-05-04")
    file("Nobody Else", "s:NBT")
    found = search.candidates(["s:RBN", "b:2016-05-04", "p:MT+RBN"])
    assert [(each.record_id, each.shared_keys) for each in found] == [(one, 3), (two, 2)]
    assert search.candidates([]) == []


def test_a_name_that_looks_alike_is_found_without_a_key(db):
    likest = file("Katarzyna Inventedska", "s:KTR")
    file("Bob Unlike", "s:BB")
    found = search.candidates(["s:none"], name="katarzina inventedska")
    assert [each.record_id for each in found] == [likest]
    assert 0.5 < found[0].likeness < 1


def test_two_queries_at_most(db, django_assert_max_num_queries):
    file("Robin Made-Up", "s:RBN")
    with django_assert_max_num_queries(2):
        (found,) = search.candidates(["s:RBN"], name="robin made-up")
    assert (found.shared_keys, found.likeness) == (1, 1.0)


def test_the_limit_keeps_the_best(db):
    ids = [file(f"Robin {number}", "s:RBN", *(f"b:{each}" for each in range(number))) for number in range(5)]
    found = search.candidates(["s:RBN", "b:0", "b:1", "b:2", "b:3"], limit=2)
    assert [each.record_id for each in found] == [ids[4], ids[3]]


def test_filing_again_replaces_what_changed_and_leaves_the_rest(db):
    record = make_record()
    names = [NameToFile("Robin Made-Up", "robin made-up"), NameToFile("Rob Made-Up", "rob made-up")]
    search.file_under(record.id, names, ["a", "b"])
    kept = NameKey.objects.get(record_id=record.id, key="b").pk
    search.file_under(record.id, [names[0], NameToFile("Robin New", "robin new")], ["b", "c"])
    assert set(PersonName.objects.filter(record_id=record.id).values_list("name", flat=True)) == {
        "Robin Made-Up",
        "Robin New",
    }
    assert set(NameKey.objects.filter(record_id=record.id).values_list("key", flat=True)) == {"b", "c"}
    assert NameKey.objects.get(record_id=record.id, key="b").pk == kept
    search.file_under(record.id, [NameToFile("Robin Made-Up", "robin madeup")], [])
    assert PersonName.objects.get(record_id=record.id).sort == "robin madeup"


def test_likeness_is_answered_by_its_index(db):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT record_id FROM records_personname WHERE sort %% %s", ["robin"])
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "person_name_likeness" in plan


def test_many_records_are_filed_in_the_statements_of_one(db, django_assert_max_num_queries):
    ids = [make_record().id for _ in range(30)]
    filings = [search.Filing.of(id_, [NameToFile(f"Robin {id_}", "robin")], ["s:RBN", "n:1"]) for id_ in ids]
    search.file_many([search.Filing.of(id_, [NameToFile("Before", "before")], ["n:0"]) for id_ in ids])
    with django_assert_max_num_queries(8):
        search.file_many(filings)
    assert search.filings(ids) == {each.record_id: each for each in filings}
    assert search.records_under(["n:0", "n:1"]) == {"n:1": sorted(ids)}
