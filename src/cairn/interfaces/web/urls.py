"""Every address of the pages. Addresses hold opaque ids, never a name, a number or a date of birth."""

from __future__ import annotations

from django.urls import path

from cairn.interfaces.web.views import (
    acts,
    allocation,
    contact,
    contact_decision,
    contact_return,
    drafts,
    finding,
    letters,
    mending,
    moving,
    one_entry,
    procedures,
    record,
    referral,
    referral_decision,
    sibling_decision,
    signing_in,
    why,
    working,
)
from cairn.interfaces.web.views import (
    help as help_pages,
)

urlpatterns = [
    path("", signing_in.home, name="home"),
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("stay/", signing_in.stay, name="stay"),
    path("work/", working.my_work, name="my-work"),
    path("team/", working.team_work, name="team-work"),
    path("find/", finding.find, name="find"),
    path("contacts/new/", contact.new_contact, name="new-contact"),
    path("records/<uuid:record>/contact/decide/", contact_decision.contact_decision, name="decide-contact"),
    path("records/<uuid:record>/contact/complete/", contact_return.complete_contact, name="complete-contact"),
    path(
        "records/<uuid:record>/referral/decide/", referral_decision.referral_decision, name="decide-referral"
    ),
    path("records/<uuid:record>/siblings/decide/", sibling_decision.sibling_decision, name="decide-sibling"),
    path("records/<uuid:record>/referral/new/", referral.new_referral, name="record-referral"),
    path("records/<uuid:record>/referral/<uuid:strand>/", referral.referral, name="referral"),
    path("records/<uuid:record>/", record.child, name="child"),
    path("records/<uuid:record>/timeline/", record.timeline, name="timeline"),
    path("records/<uuid:record>/people/", record.people, name="people"),
    path("records/<uuid:record>/documents/", record.documents, name="documents"),
    path("records/<uuid:record>/looked/", record.looked, name="looked"),
    path("records/<uuid:record>/another-day/", one_entry.another_day, name="another-day"),
    path("records/<uuid:record>/entries/<str:entry>/", one_entry.entry, name="entry"),
    path("records/<uuid:record>/entries/<str:entry>/correct/", mending.correct_it, name="correct"),
    path("records/<uuid:record>/entries/<str:entry>/withdraw/", mending.withdraw_it, name="withdraw"),
    path("records/<uuid:record>/entries/<str:entry>/move/", moving.move_it, name="move"),
    path("records/<uuid:record>/why/<str:key>/", why.why, name="why"),
    path("records/<uuid:record>/note/", acts.note, name="add-note"),
    path("records/<uuid:record>/allocate/", allocation.allocation, name="allocate"),
    path("records/<uuid:record>/acknowledge/", letters.acknowledge, name="acknowledge-referral"),
    path("records/<uuid:record>/tell-referrer/", letters.tell_referrer, name="tell-referrer"),
    path("records/<uuid:record>/letters/<slug:letter>/", letters.letter, name="letter"),
    path("records/<uuid:record>/act/", acts.acts, name="acts"),
    path("records/<uuid:record>/act/<slug:act>/", acts.act, name="act"),
    path("drafts/<uuid:draft>/", drafts.draft, name="draft"),
    path("drafts/<uuid:draft>/discard/", drafts.discard, name="discard"),
    path("procedures/", procedures.procedures, name="procedures"),
    path("procedures/<slug:rule_id>/", procedures.provision, name="provision"),
    path("help/", help_pages.index, name="help"),
    path("help/problem/", help_pages.problem, name="help-problem"),
    path("help/accessibility/", help_pages.accessibility, name="help-accessibility"),
    path("help/privacy/", help_pages.privacy, name="help-privacy"),
    path("help/changes/", help_pages.changes, name="help-changes"),
]
