"""Every component with made-up people, on pages laid out as the product's own. For the tests of how pages look."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory

from cairn.core.calendar.counting import Count
from cairn.core.calendar.duration import Duration
from cairn.core.vocabulary.model import Field, Option
from cairn.interfaces.web import components as c
from cairn.interfaces.web.chrome import Chrome, NavigationItem, Notice, PrintHead
from cairn.interfaces.web.components.why import WhyAnswer
from cairn.interfaces.web.drawing.clock_bar import Span, clock_bar
from cairn.interfaces.web.drawing.day_count import count_calendar, sum_rows
from cairn.interfaces.web.drawing.flow_chart import FlowEdge, FlowNode, flow_chart
from cairn.interfaces.web.drawing.history_strip import HistoryEntry, history_strip
from cairn.interfaces.web.forms import ActForm
from cairn.interfaces.web.marks import MEANINGS, Mark

CHROME = Chrome(
    authority="Fellmere Council",
    staff_name="Priya Shah",
    role="social worker",
    practice=True,
    navigation=(
        NavigationItem("My work", "/", 5, current=True),
        NavigationItem("Find a person", "/find/"),
        NavigationItem("My families", "/families/"),
        NavigationItem("Team", "/team/"),
        NavigationItem("Reports", "/reports/"),
        NavigationItem("Procedures", "/procedures/"),
    ),
    procedures="Procedures in use: Peterborough Child in Need Procedures, version of 25 May 2018.",
    phone_lines=(
        "Help line: 01632 960 142, 8am to 6pm.",
        "Emergency duty team: 01632 960 143, out of hours.",
    ),
)
PRINT_HEAD = PrintHead(
    name="Theo Okafor-Reed",
    born="16 January 2020",
    number="FC-204816",
    printed_by="Priya Shah",
    printed_at="23 November 2026, 8:52am",
)
CIN = c.Tag("Child in need plan")


def due(word, day, tone="", what="visit"):
    return c.Due(word=word, date=day, tone=tone, why="/why/", what=f"{what} due {day}")


IDENTITY = c.IdentityBar(
    name="Theo Okafor-Reed",
    tags=(CIN, c.Tag("Assessment under way")),
    facts=(
        c.Fact("Age", "6", "16 January 2020"),
        c.Fact("Lives with", "Mum, sisters and Grandma"),
        c.Fact("Address", "22 Sluice Road, Fellmere"),
        c.Fact("Legal status", "None"),
        c.Fact("NHS number", "999 004 1326", keep_together=True),
        c.Fact("Cairn number", "FC-204816", keep_together=True),
        c.Fact("Social worker", "Priya Shah"),
    ),
    alerts=(
        c.Alert(
            "**Health: type 1 diabetes, insulin 4 times a day.** If Theo is drowsy, sick or breathing fast, call 999.",
            c.Link("Emergency plan", "/plan/"),
        ),
    ),
    subnav=c.SubNavigation(
        "Theo’s record",
        tuple((text, f"/{text.lower().replace(' ', '-')}/", text == "Overview") for text in (
            "Overview", "Family", "Timeline", "Chronology", "Assessments", "Plan", "Visits", "Meetings",
            "Health and school", "Documents", "People", "Who has looked",
        )),
    ),
)  # fmt: skip
FAMILY = c.FamilyStrip(
    heading="Family at 22 Sluice Road",
    members=(
        c.Member(
            "Amara",
            "9, sister",
            "/amara/",
            (CIN,),
            (Mark("late", "Visit 4 days overdue"),),
            "Draft of 20 November to finish",
        ),
        c.Member("Theo", "6", tags=(CIN, c.Tag("Assessment under way")), here=True),
        c.Member(
            "Leila",
            "2, sister",
            "/leila/",
            (c.Tag("Assessment returned"),),
            (Mark("soon", "Due today"),),
            "Referral opened 9 November",
        ),
    ),
    adults=(
        ("Grace Okafor", "mother. Call after 10am."),
        ("Ngozi Okafor", "grandmother."),
        ("Daniel Reed", "father, lives apart."),
    ),
    link=c.Link("Family page and genogram", "/family/"),
)
FLOW = flow_chart(
    (
        FlowNode(id="r", title="Referral", lines=("25 August 2026",), column=0, row=0, state="done"),
        FlowNode(id="d", title="Decision", lines=("26 August, on time",), column=1, row=0, state="done"),
        FlowNode(id="a", title="Assessment", lines=("10 September,", "1 day late"), column=2, row=0, state="done", late=True),
        FlowNode(id="p", title="Planning meeting", lines=("22 September,", "on time"), column=3, row=0, state="done"),
        FlowNode(id="c", title="Child in need plan", lines=("since 22 September",), column=4, row=0, state="now"),
        FlowNode(id="m", title="Review meeting", lines=("7 days after the assessment",), column=5, row=0, state="to come"),
        FlowNode(id="x", title="Close, step down or go on", column=6, row=0, state="to come"),
        FlowNode(id="n", title="No further action", lines=("not taken",), column=1, row=1, state="not taken"),
        FlowNode(id="q", title="Section 47 enquiry", lines=("not taken:", "threshold not met"), column=3, row=1, state="not taken"),
        FlowNode(id="s", title="Strategy discussion", lines=("10 November",), column=4, row=1, state="done"),
        FlowNode(id="f", title="Child and Family Assessment", lines=("due 31 December",), column=5, row=1, state="now", late=True),
    ),
    (
        *(FlowEdge(a, b, taken=True) for a, b in ("rd", "da", "ap", "pc", "cs", "sf")),
        *(FlowEdge(a, b) for a, b in ("cm", "mx", "dn", "sq", "fm")),
    ),
    title="Where Theo’s case stands",
)  # fmt: skip
HISTORY = history_strip(
    (
        HistoryEntry(on=date(2024, 8, 17), kind="police notice", title="Police notice", short="17 Aug 2024", told="17 August 2024, Northwick"),
        HistoryEntry(on=date(2024, 10, 4), kind="police notice", title="Police notice", short="4 Oct 2024", told="4 October 2024, Northwick"),
        HistoryEntry(on=date(2025, 3, 14), kind="contact", title="Contact: advice given", short="14 Mar 2025", told="14 March 2025"),
        HistoryEntry(on=date(2025, 6, 9), kind="move", title="Moved to Fellmere", short="June 2025", told="June 2025"),
        HistoryEntry(on=date(2026, 11, 23), kind="referral", title="Referral", short="today", told="Today, 23 November 2026", now=True),
    ),
    first=date(2024, 3, 1),
    last=date(2026, 11, 23),
    title="History of Ify’s contacts",
    sentence="**4 worries about the same man in 27 months, and no assessment.** Each was closed on its own.",
    link=c.Link("Chronology, 5 entries", "/chronology/"),
)  # fmt: skip
TIMELINE = c.Timeline(
    entries=(
        c.TimeEntry(
            "Clinic appointment missed",
            "20 November 2026, told by Kath Doyle, diabetes nurse, recorded today",
            tag=c.Tag("New", "soon"),
        ),
        c.TimeEntry("Summary rewritten", "16 November 2026, Priya Shah"),
        c.TimeEntry(
            "Strategy discussion held", "10 November 2026, Joanne Whitlock", "Section 47 threshold not met."
        ),
    )
)
GROUPS = (
    c.WorkGroup(heading="Overdue", count="2 things", id="g1", tone="late", show_head=True, rows=(
        c.WorkRow(act="Finish recording the visit of 20 November", href="/v/", more="Draft saved Friday 20 November, 5:41pm.", whom="Amara, Theo and Leila Okafor-Reed", whom_more="9, 6 and 2, brother and sisters", due=due("4 days overdue", "19 November 2026", "late", "visit to Amara")),
        c.WorkRow(act="Hold Jayden’s child in need meeting", href="/m/", more="Booked for Tuesday 24 November, 4pm.", whom="Jayden Pike", whom_age="14", due=due("3 days overdue", "20 November 2026", "late", "meeting for Jayden")),
    )),
    c.WorkGroup(heading="Due today", count="1 thing", id="g2", tone="today", rows=(
        c.WorkRow(act="Send Leila’s assessment for approval again", href="/l/", whom="Leila Okafor-Reed", whom_age="2", due=due("Today", "23 November 2026", "soon", "assessment of Leila")),
    )),
    c.WorkGroup(heading="Later", count="1 thing by 31 December", id="g3", rows=(
        c.WorkRow(act="Hold the planning meeting", href="/p/", more="Not booked yet.", whom="Ruby Castle", whom_age="11", due=c.Due(word="In 2 weeks", date="10 December 2026", why="/why/", what="planning meeting", also="or 3 December on 4.23’s 10 days")),
        c.WorkRow(act="Tell the police", href="/p/", whom="Ify Okafor", whom_age="7", due=c.Due(no_date="The procedures set no date")),
    )),
)  # fmt: skip
CLOCK = c.Clock(
    heading="Decide by",
    time="9:40am tomorrow",
    date="Tuesday 24 November 2026",
    why="/why/",
    what="contact decision due 24 November 2026, 9:40am",
    bar=clock_bar(
        Span(datetime(2026, 11, 23, 9, 40, tzinfo=UTC), datetime(2026, 11, 24, 9, 40, tzinfo=UTC)),
        datetime(2026, 11, 23, 10, 12, tzinfo=UTC),
        (Span(datetime(2026, 11, 23, 18, tzinfo=UTC), datetime(2026, 11, 24, 8, tzinfo=UTC)),),
        told="24 hours from 9:40am today. 32 minutes have gone. The office is closed from 6pm to 8am.",
    ),
    left="**23 hours 28 minutes left** at 10:12am. The clock runs overnight.",
    more="Paragraph 2.3: 24 hours from the call. Sheila Knowles, contact centre manager, decides.",
)
MATCHES = tuple(
    c.Match(number=number, name=name, href="/p/", tag=tag, facts=facts, reasons=reasons,
            use=c.Post("Use this person", "/use/", "person", str(number), f": {name}", secondary=number > 1),
            reject=c.Post("Not her", "/reject/", "person", str(number), f": {name}"))
    for number, name, tag, facts, reasons in (
        (1, "Ifeoma Okafor", c.Tag("Strong match", "done"), "7, girl. **Address protected.** One closed contact, 14 March 2025.",
         ((Mark("done", "Same"), "Date of birth, 11 February 2019"), (Mark("part", "Close"), "“Ify” is short for Ifeoma"), (Mark("not_known", "Not known"), "Address: the caller gave none"))),
        (2, "Ifeanyi Okafor", c.Tag("Possible", "plain"), "7, boy. Lives at 8 Weir Lane, Fellmere.",
         ((Mark("done", "Same"), "Surname, Okafor"), (Mark("no", "Differs"), "Born 2 November 2019"))),
    )
)  # fmt: skip
SIBLING_FIELD = Field(name="open", label="Open a referral for Kene?", type="choice", must=True, options=(
    Option(value="open", label="Open"), Option(value="not", label="Do not open")))  # fmt: skip
SIBLING = c.SiblingDecision(
    name="Kene Okafor, 3",
    about="Ify’s brother. Lives with her. In the car too, as far as we know.",
    question=ActForm([SIBLING_FIELD], initial={"open": "open"}, prefix="kene").render(),
    set_by="**Set to open by the rule:** the worry reaches other children (paragraph 3.7). To change it, give a reason.",
)
GATE = c.Gate(
    title="The assessment cannot be approved yet",
    missing=(
        c.Missing(
            "The child has been seen, or the manager has recorded why not.",
            "Peterborough, paragraph 4.12",
            "**Joanne Whitlock**, team manager, may agree and record why not.",
            c.Link("Record a visit", "/visit/"),
        ),
        c.Missing("The child’s views are recorded.", "Peterborough, paragraph 4.10"),
    ),
)
NUMBERS = (17, 6, 8, 3, 4, 5)
COUNTS = (
    "children",
    "on a protection plan",
    "on a child in need plan",
    "being assessed",
    "overdue",
    "due this week",
)


def team_row(name, more, numbers, **last):
    made = tuple(
        c.Number(n, f"{what}, {name}", "/list/", late=what == "overdue")
        for n, what in zip(numbers, COUNTS, strict=True)
    )
    return c.TeamRow(name=name, more=more, numbers=made, **last)


TEAM = c.TeamTable(
    caption="Children, overdue and due work for each worker",
    columns=(
        "Worker",
        "Children",
        "Protection plan",
        "In need plan",
        "Being assessed",
        "Overdue",
        "Due this week",
        "Supervision",
    ),
    rows=(
        team_row(
            "Tom Brierley",
            "Full time. Conference today.",
            (17, 6, 8, 3, 4, 5),
            last="26 November",
            last_mark=Mark("soon", "Last 21 October"),
        ),
        team_row(
            "Aisha Rahman",
            "4 days a week",
            (12, 4, 6, 2, 0, 4),
            last="1 December",
            last_more="Last 3 November",
        ),
        team_row(
            "No worker yet",
            "Finn and Erin Cole, 5 and 8",
            (2, 0, 0, 2, 0, 0),
            mark=Mark("gap", "No worker yet"),
            last_link=c.Link("Give them a worker", "/allocate/"),
        ),
    ),
    total=team_row("Family Support East", "", (31, 10, 14, 7, 4, 9), last="1 over 4 weeks"),
    note="Counts children, not families. Each ruled step of a bar is 2 children.",
)
TILES = c.Tiles(tiles=(
    c.Tile(8, "things overdue", "/late/", "Overdue", "5 have a reason recorded. Last Monday: 9.", "late"),
    c.Tile(5, "things due today", "/today/", "Due today", "1 waits for you: Leila’s assessment.", "today"),
    c.Tile(3, "approvals waiting", "/approvals/", "Waiting for your approval", "Longest: since 19 November."),
    c.Tile(2, "children without a worker", "/none/", "Children without a worker", "Both since 20 November."),
))  # fmt: skip
KINDS = c.Kinds(kinds=(
    c.Kind("Visits to a child", c.Number(4, "visits to a child overdue", "/v/", late=True), "Longest 9 days. Tom 2, Priya 1, Gareth 1."),
    c.Kind("Core groups", c.Number(1, "core groups overdue", "/c/", late=True), "2 days. Tom."),
))  # fmt: skip
SUMMARY = c.SummaryList(rows=(
    c.SummaryRow("Caller", "Hannah Pryce, designated safeguarding lead", c.Link("Change", "/change/", "the caller")),
    c.SummaryRow("Call back on", "01632 960 177, the school’s number in our own list.", c.Link("Change", "/change/", "the number")),
    c.SummaryRow("Seen alone", mark=Mark("done", "Yes")),
))  # fmt: skip
CHECKS = c.CheckList(rows=(
    c.CheckRow(Mark("done", "Checked"), "No child protection plan, not in care", "Our records and the national system, 11:26am."),
    c.CheckRow(Mark("waits", "Waiting"), "Northwick Council: known there?", "Asked 11:31am.", c.Link("Ask again", "/ask/")),
    c.CheckRow(Mark("not_known", "Not known"), "Any court order"),
))  # fmt: skip
FACTS = c.FactsAndOpinions(
    facts=(
        c.Said("Came to school at 9:05am in Friday’s clothes.", "Seen by Ms Fenn, today"),
        c.Said("“We slept in the car.”", "Ify to Ms Fenn, today, 9:15am"),
    ),
    opinions=(c.Said("Mother is frightened, not neglectful.", "Hannah Pryce"),),
)
FORM_FIELDS = (
    Field(name="visited", label="Date of the visit", type="date", must=True),
    Field(name="held", label="When you rang the school", type="moment"),
    Field(name="when", label="When you come next", type="moment"),
    Field(name="seen", label="Was Amara seen?", type="yes_no", must=True),
    Field(name="why_not", label="Why was Amara not seen?", type="long_text"),
    Field(name="adults", label="Adults there", type="choices", options=tuple(Option(value=v.lower(), label=v) for v in ("Grace", "Ngozi", "Daniel"))),
    Field(name="outcome", label="What happens for Ify?", type="choice", must=True, options=(
        Option(value="strategy", label="Strategy discussion and assessment", hint="Significant harm is suspected", paragraph="paragraph 4.28"),
        Option(value="early_help", label="Early help", hint="Below level 3, and the family agrees", paragraph="3.2"))),
    Field(name="school", label="School", type="choice", options=tuple(Option(value=f"s{n}", label=f"Made-up School {n}") for n in range(14))),
    Field(name="talk", label="What you talked about with the family", type="long_text", hint="Go through the plan and what each person has done.", must=True),
    Field(name="children", label="How many children were there?", type="number"),
    Field(name="worries", label="Worries", type="list"),
    Field(name="people", label="People invited", type="rows", fields=(Field(name="name", label="Name", type="text"), Field(name="on", label="Told on", type="date"))),
)  # fmt: skip
REVEALS = {"seen": {"no": ("why_not",)}}


def why_panel(calendar, today=date(2026, 11, 23)):
    """The panel of the third sketch, from a real count of 35 working days."""
    count = Count(date(2026, 11, 10), date(2026, 12, 31), Duration.parse("35 working days"), calendar, today)
    return c.WhyPanel(
        question="Why is this due by 31 December 2026?",
        answer="A strategy discussion on **10 November 2026** decided on a Child and Family Assessment. It has to be complete **35 working days** later. Today is day 9: **26 working days are left.**",
        rule="Complete the Child and Family Assessment within 35 working days of the strategy discussion that decided on it.",
        source="Peterborough Child in Need Procedures, paragraph 4.26",
        rule_more=WhyAnswer(
            "", "Version of 25 May 2018, in use at Fellmere.", (c.Link("Read the paragraph", "/p/"),)
        ),
        started=WhyAnswer(
            "Strategy discussion about Theo, Tuesday 10 November 2026, 2pm.",
            "That day is day 0.",
            (c.Link("Open the record", "/r/"),),
        ),
        who=WhyAnswer("Priya Shah, lead social worker, completes it."),
        ends=WhyAnswer(
            "The assessment is recorded as complete, with the manager’s decision (paragraph 4.20)."
        ),
        may_extend=WhyAnswer(
            "Nobody can move the date. **Joanne Whitlock** may agree to go past it.",
            links=(c.Link("Ask Joanne Whitlock to agree more time", "/ask/"),),
        ),
        other_rules=WhyAnswer("No. Working Together 2013 allows 45 working days from a referral."),
        calendar=count_calendar("How the 35 days are counted", tuple(count.counted_days()), today),
        sum=sum_rows(count.sum()),
        sum_note="Bank holidays: England and Wales, list of 1 November 2026.",
        wrong=(
            c.Link("Correct the date of the strategy discussion", "/c/"),
            c.Link("tell the procedures lead", "/t/"),
        ),
    )


def render(source, **context):
    """A page in the real layout; `source` is what stands in its main block."""
    template = engines["django"].from_string(
        '{% extends "layout.html" %}{% load cairn %}{% block title %}Gallery{% endblock %}{% block main %}'
        + source
        + "{% endblock %}"
    )
    return template.render({"chrome": CHROME, **context}, RequestFactory().get("/"))


WORK = """<div class="c-titlebar"><div><h1 class="govuk-heading-l">My work</h1><p class="c-lede">Monday 23 November 2026, 8:52am. <strong>2 things are overdue.</strong></p></div></div>
<div class="c-grid"><div>{% for group in groups %}{% component group %}{% endfor %}</div><div>{% card "Waiting for other people" id="r2" %}{% component empty %}{% endcard %}
{% card "Marks" id="r3" %}<ul class="c-plainlist">{% for meaning in meanings %}<li>{% mark meaning meaning %}</li>{% endfor %}</ul>{% endcard %}</div></div>"""
RECORD = """{% component identity %}<div class="c-two c-two--even">{% card "Theo in short" id="s1" link=change %}{{ story|written }}{% endcard %}{% card "What is due" id="s2" mark=nothing_late %}{% component due_list %}{% endcard %}</div>
{% card "Where the case stands" id="s3" aside="As at 23 November 2026." link=change %}{% component flow %}{% endcard %}{% component family %}
<div class="c-grid c-grid--wide-rail"><div>{% card "Caller" id="s5" %}{% component summary %}{% endcard %}</div>{% card "Timeline" id="s7" %}{% component timeline %}{% endcard %}</div>"""
WHY = """{% component identity %}{% card "What is due" id="d" %}{% component due_list %}{% component why %}{% endcard %}"""
FRONT_DOOR = """<div class="c-titlebar"><div><h1 class="govuk-heading-l">New contact</h1></div></div><div class="c-grid c-grid--visit"><div>
{% part "Who is it about?" id="who" tag=tag goes="Goes on one record" %}<h3 class="c-h3">2 people may be her</h3><ol class="c-matches">{% for match in matches %}<li>{% component match %}</li>{% endfor %}</ol>{% endpart %}
{% component gate %}{% component note %}{% card "What the referrer said" id="f" %}{% component facts %}{% endcard %}{% card "History at a glance" id="h" %}{% component history %}{% endcard %}
{% card "Status check" id="c" %}{% component checks %}{% endcard %}{% part "Brothers and sisters, one by one" id="sibs" %}<ul class="c-sibs"><li>{% component sibling %}</li><li>{% component sibling_2 %}</li></ul>{% endpart %}</div>
<div class="c-railcol c-railcol--full"><div class="c-rail">{% component clock %}{% component saved %}</div></div></div>"""
TEAM_PAGE = """<div class="c-titlebar"><div><h1 class="govuk-heading-l">Team: Family Support East</h1></div></div>{% component tiles %}{% card "Who has what" id="k0" %}{% component team %}{% endcard %}<div class="c-two">{% card "What is overdue, by kind" id="k1" %}{% component kinds %}{% endcard %}</div>"""
FORM = """<div class="c-titlebar"><div><h1 class="govuk-heading-l">Record a visit</h1></div></div><form method="post" action="/" novalidate data-draft="/draft/" data-version="3">{% csrf_token %}{% enter_presses "press" "save" %}<div class="c-grid c-grid--visit"><div>{% part "Amara" id="amara" age="9" tag=tag %}{{ form.render }}{% endpart %}
<div class="c-btns">{% govuk "button" text="Check and sign visit" %}{% govuk "button" text="Save and come back later" classes="govuk-button--secondary" name="press" value="save" %}</div></div><div class="c-railcol"><div class="c-rail">{% component saved %}</div></div></div></form>"""


def pages(calendar):
    """Each page of the gallery by name, as HTML."""
    filled = ActForm(FORM_FIELDS, initial={"visited": "2026-11-20", "seen": False, "people": [{"name": "Ann", "on": "2026-11-20"}, {"name": "Bob"}]}, reveals=REVEALS)  # fmt: skip
    wrong = ActForm(FORM_FIELDS, posted=QueryDict("visited-day=31&visited-month=11&visited-year=2026&people-count=1&people-0-name=Ann"), reveals=REVEALS)  # fmt: skip
    wrong.read()
    due_list = c.DueList(
        caption="What is due for Theo", rows=tuple(row for group in GROUPS for row in group.rows)[:3]
    )
    tag = c.Tag("Choose 1 of 3", "soon")
    saved = c.Saved()
    return {
        "work": render(WORK, groups=GROUPS, empty=c.Empty(text="Nobody owes you an answer.", link=c.Link("Ask somebody", "/ask/")), meanings=MEANINGS, notices=(Notice("The visit is signed."), Notice("The clocks go back on Sunday.", "important"))),
        "record": render(RECORD, identity=IDENTITY, change=c.Link("Change", "/c/", "Theo’s summary"), nothing_late=Mark("late", "2 things overdue"), story="Theo is six and loves football.\n\nOn 7 November he became seriously ill.\nGrandma now lives with the family.", due_list=due_list, flow=FLOW, family=FAMILY, summary=SUMMARY, timeline=TIMELINE, print_head=PRINT_HEAD),
        "why": render(WHY, identity=IDENTITY, due_list=due_list, why=why_panel(calendar)),
        "front door": render(FRONT_DOOR, matches=MATCHES, tag=tag, gate=GATE, note=c.Note(lines=("**This visit was due by 19 November 2026 and was made 1 day late.** Six weeks from 8 October.",), link=c.Link("Why?", "/why/")), facts=FACTS, history=HISTORY, checks=CHECKS, sibling=SIBLING, sibling_2=c.SiblingDecision(name="Jerome Bell, 12", about="Half-brother.", question=ActForm([SIBLING_FIELD], prefix="jerome").render(), set_by="**Not set:** unknown is not taken for no (paragraph 3.6)."), clock=CLOCK, saved=c.Saved(saved=True, text="Saved at 10:12am")),
        "team": render(TEAM_PAGE, tiles=TILES, team=TEAM, kinds=KINDS),
        "form": render(FORM, form=filled, tag=tag, saved=saved),
        "form with errors": render(FORM, form=wrong, errors=wrong.error_summary(), tag=tag, saved=saved),
        "signed out": render("<h1 class='govuk-heading-l'>Sign in</h1>", chrome=Chrome(authority="Fellmere Council")),
    }  # fmt: skip
