"""Every address of the pages. Addresses hold opaque ids, never a name, a number or a date of birth."""

from __future__ import annotations

from django.urls import path

from cairn.interfaces.web.views import signing_in, working

urlpatterns = [
    path("", signing_in.home, name="home"),
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("stay/", signing_in.stay, name="stay"),
    path("work/", working.my_work, name="my-work"),
    path("team/", working.team_work, name="team-work"),
]
