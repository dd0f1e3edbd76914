"""Letters filed with their documents: told by content, refused with the remedy, nothing typed lost, handed out as files alone."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import encode_multipart
from django.urls import reverse
from tests.attacks.database import rows
from tests.core.documents import made_up as made
from tests.interfaces.web.views.children import allocated, event, looks, main

from cairn.records.models import DocumentPart, FiledDocument

TYPED = {
    "from_whom": "Ms Fenn, class teacher",
    "to_whom": "Priya Shah",
    "came": "email",
    "about": "School mornings",
    "text": "Wren came without breakfast again.",
    "when-happened-day": "20",
    "when-happened-month": "11",
    "when-happened-year": "2026",
}


@pytest.fixture
def child(people):
    return allocated(people)


@pytest.fixture
def client(people):
    return people.client("Priya Shah")


def at(child):
    return reverse("record-correspondence", args=[child])


def files(*named):
    return [SimpleUploadedFile(name, content, "application/x-whatever") for name, content in named]


def send(client, child, *named, **more):
    form = {
        **TYPED,
        "key": str(uuid4()),
        "draft": str(uuid4()),
        "documents": files(*named),
        "arrived-whole": "yes",
    }
    return client.post(
        at(child), {name: value for name, value in {**form, **more}.items() if value is not None}
    )


def named_in(child):
    return event(child, "correspondence.received").data.get("documents", [])


def test_a_letter_is_filed_with_its_documents_on_the_day_it_came(client, child):
    filed = send(client, child, ("report.pdf", made.PDF), ("photo.jpg", made.JPEG), ("mail.eml", made.EMAIL))
    assert (filed.status_code, filed.url) == (302, reverse("documents", args=[child]))
    entry = event(child, "correspondence.received")
    assert entry.happened_at.day.isoformat() == "2026-11-20"
    assert entry.data["from_whom"] == "Ms Fenn, class teacher"
    assert [(one["name"], one["kind"], one["size"]) for one in named_in(child)] == [
        ("report.pdf", "pdf", len(made.PDF)),
        ("photo.jpg", "jpeg", len(made.JPEG)),
        ("mail.eml", "email", len(made.EMAIL)),
    ]
    page = main(client.get(filed.url))
    assert "report.pdf" in page
    assert "PDF, under 1 KB" in page
    # Not the bare number of bytes. Ids in addresses hold any figures.
    assert not re.search(rf"\b{len(made.PDF)}\b", re.sub(r"<[^>]+>", " ", page))


def test_it_is_handed_out_as_a_file_with_its_own_name_and_in_the_access_log(client, child):
    send(client, child, ("Rapport d’école.pdf", made.PDF))
    page = client.get(reverse("documents", args=[child])).content.decode()
    address = re.search(rf'href="(/records/{child}/documents/[0-9a-f-]+/)" download', page)[1]
    given = client.get(address)
    assert b"".join(given.streaming_content) == made.PDF
    assert given["Content-Type"] == "application/pdf"
    assert given["Content-Disposition"] == "attachment; filename*=utf-8''Rapport%20d%E2%80%99%C3%A9cole.pdf"
    assert given["X-Content-Type-Options"] == "nosniff"
    assert given["Content-Length"] == str(len(made.PDF))
    assert "no-store" in given["Cache-Control"]
    assert looks(child)[0] == ("document", "export", True)


def test_a_letter_without_a_document_needs_what_it_says(client, child):
    assert send(client, child).status_code == 302
    refused = send(client, child, text="")
    assert refused.status_code == 422
    assert "Enter what it says, or choose the document" in refused.content.decode()
    assert send(client, child, ("report.pdf", made.PDF), text="").status_code == 302


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("report.pdf", made.HTML, "is a web page or a drawing in code"),
        ("letter.docx", made.MACRO, "holds a macro"),
        ("drawing.svg", made.SVG, "is a web page or a drawing in code"),
        ("letter.pdf", made.PROGRAM, "can be filed"),
        ("letter.docx", made.ARCHIVE, "one by one"),
        ("photo.jpg", made.PNG, "named .jpg, but what is in it is: Picture (PNG)"),
        ("empty.pdf", b"", "is empty"),
    ],
    ids=[
        "html as pdf",
        "macro as word",
        "svg",
        "program as pdf",
        "archive as word",
        "png as jpeg",
        "nothing in it",
    ],
)
def test_a_file_that_is_not_taken_stops_it_with_the_remedy_and_loses_nothing_typed(
    client, child, name, content, said
):
    before = rows()
    refused = send(client, child, ("good.pdf", made.PDF), (name, content))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert said in page
    assert page.count("#documents") == 1
    for typed in ("Ms Fenn, class teacher", "Wren came without breakfast again.", "School mornings"):
        assert typed in page
    assert re.search(r'value="email"[^>]*checked', page)
    after = rows()
    assert {k: v for k, v in after.items() if "access" not in k and "session" not in k} == {
        k: v for k, v in before.items() if "access" not in k and "session" not in k
    }


def test_when_something_else_is_wrong_it_says_that_the_files_are_to_be_chosen_again(client, child):
    page = send(client, child, ("good.pdf", made.PDF), from_whom="").content.decode()
    assert "Enter who it is from" in page
    assert "Choose the files again" in page
    assert not FiledDocument.objects.exists()


def test_one_byte_more_than_25_megabytes_is_refused_and_not_kept_on_the_disk(
    client, child, settings, tmp_path
):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    refused = send(client, child, ("big.pdf", made.PDF + bytes(26 * 1024 * 1024)))
    assert refused.status_code == 422
    assert "“big.pdf” is larger than 25 MB" in refused.content.decode()
    assert list(tmp_path.iterdir()) == []
    assert not DocumentPart.objects.exists()


def test_more_files_than_can_be_filed_at_once_are_counted_and_refused(client, child):
    refused = send(client, child, *[(f"{n}.pdf", made.PDF) for n in range(11)])
    assert refused.status_code == 422
    assert "You chose 11 files; 10 can be filed at once" in refused.content.decode()


def test_a_request_that_could_only_be_too_large_is_refused_unread(client, child):
    away = client.generic(
        "POST",
        at(child),
        b"--x--\r\n",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(10**10),
    )
    assert away.status_code in (400, 413)
    assert not FiledDocument.objects.exists()


def test_what_broke_off_on_the_way_is_not_filed(client, child):
    form = {
        **TYPED,
        "key": str(uuid4()),
        "documents": files(("report.pdf", made.PDF * 50)),
        "arrived-whole": "yes",
    }
    body = encode_multipart("cut", form)
    cut = body[: body.index(made.PDF) + 1000]
    refused = client.post(at(child), cut, content_type="multipart/form-data; boundary=cut")
    assert refused.status_code in (400, 422)
    assert not FiledDocument.objects.exists()
    assert (
        "did not arrive whole"
        in send(client, child, ("report.pdf", made.PDF), **{"arrived-whole": None}).content.decode()
    )


def test_sent_twice_it_is_stored_once(client, child):
    key = str(uuid4())
    for _ in range(2):
        assert send(client, child, ("report.pdf", made.PDF), key=key).status_code == 302
    assert FiledDocument.objects.count() == 1


def test_a_name_that_leads_elsewhere_or_turns_round_is_made_safe(client, child):
    send(client, child, ("..\\..\\evil\u202efdp.pdf", made.PDF))
    assert [one["name"] for one in named_in(child)] == ["evilfdp.pdf"]


def test_a_document_is_on_its_own_record_only(people, client, child):
    send(client, child, ("report.pdf", made.PDF))
    document = named_in(child)[0]["document"]
    other = allocated(people)
    assert client.get(reverse("document", args=[other, document])).status_code == 404
    assert client.get(reverse("document", args=[child, uuid4()])).status_code == 404
    # Nor does an entry that names it make it so: here through the form of any act.
    forged = {"documents-count": "1", "documents-0-document": document, "documents-0-name": "x.pdf"}
    send(client, other, **forged)
    client.post(
        reverse("act", args=[other, "record-correspondence"]), {**TYPED, **forged, "key": str(uuid4())}
    )
    assert named_in(other) == []
    assert client.get(reverse("document", args=[other, document])).status_code == 404


def test_another_team_reads_and_files_nothing(people, client, child):
    send(client, child, ("report.pdf", made.PDF))
    document, outsider = named_in(child)[0]["document"], people.client("Rosa Quill")
    refused = outsider.get(reverse("document", args=[child, document]))
    assert refused.status_code == 403
    assert b"report.pdf" not in refused.content
    assert looks(child)[0] == ("document", "refused", False)
    assert send(outsider, child, ("more.pdf", made.PDF)).status_code == 403
    assert FiledDocument.objects.count() == 1
    assert Client().get(reverse("document", args=[child, document])).status_code == 302


def test_an_entry_that_is_moved_takes_its_documents_with_it(people, client, child):
    send(client, child, ("report.pdf", made.PDF))
    document, other = named_in(child)[0]["document"], allocated(people)
    move = reverse("move", args=[child, event(child, "correspondence.received").id])
    form = {"to": str(other), "mend-reason": "The wrong child.", "key": str(uuid4())}
    assert client.post(move, form).status_code == 302
    given = client.get(reverse("document", args=[other, document]))
    assert b"".join(given.streaming_content) == made.PDF


def test_what_stands_is_what_came_whatever_its_size(client, child):
    content = made.PDF + bytes(range(256)) * 8000
    send(client, child, ("scan.pdf", content))
    parts = DocumentPart.objects.filter(document_id=UUID(named_in(child)[0]["document"]))
    assert parts.count() == 4
    given = client.get(reverse("document", args=[child, named_in(child)[0]["document"]]))
    pieces = list(given.streaming_content)
    assert b"".join(pieces) == content
    assert max(map(len, pieces)) <= 512 * 1024
