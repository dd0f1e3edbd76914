"""The procedures in use: every rule with its paragraph, one page for each, and where the document differs with itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from cairn.application.actors import Actor
from cairn.application.procedures import in_use, rules_by_area
from cairn.application.refused import Refused
from cairn.core.protocol.model import Contradiction, Duty, FlowChart, Node, Rule
from cairn.interfaces.web import words
from cairn.interfaces.web.chrome import Crumb
from cairn.interfaces.web.drawing.flow_chart import FlowEdge, FlowNode, flow_chart_svg
from cairn.interfaces.web.frame import page, refused_page
from cairn.interfaces.web.policy import signed_in
from cairn.interfaces.web.views.provisions import described, document_title, how_long, kind_in_words

NO_RULE = Refused(
    "not found",
    "There is no rule of that name in the procedures in use",
    "All of them are listed under Procedures.",
)


@signed_in("GET")
def procedures(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every rule by area, the flow charts, and the contradictions."""
    protocol = in_use().protocol
    context = {
        "protocol": protocol,
        "documents": [(document_title(name), document.note) for name, document in protocol.documents.items()],
        "areas": [(area, [_row(rule) for rule in rules]) for area, rules in rules_by_area().items()],
        "contradictions": [_contradiction(one) for one in protocol.contradictions],
        "charts": [_chart(one) for one in protocol.flow_charts],
        "total": len(protocol.rules),
    }
    return page(request, actor, "procedures/index.html", context, current="procedures")


def _row(rule: Rule) -> dict[str, str]:
    return {
        "title": rule.title,
        "href": reverse("provision", args=[rule.id]),
        "kind": kind_in_words(rule),
        "paragraph": rule.source.paragraph,
        "when": how_long(rule) if isinstance(rule, Duty) else "",
        "who": rule.who if isinstance(rule, Duty) else "",
    }


def _chart(chart: FlowChart) -> dict[str, object]:
    """A flow chart as it stands in the procedures: drawn, and as a list of its boxes with where each leads."""
    nodes = [
        FlowNode(id=one.id, title=one.title, column=one.column, row=one.row, state="to come")
        for one in chart.nodes
    ]
    edges = [FlowEdge(one.from_node, one.to_node) for one in chart.edges]
    return {
        "title": chart.title,
        "source": f"{document_title(chart.source.document)}, {chart.source.paragraph}",
        "svg": flow_chart_svg(
            nodes,
            edges,
            title=chart.title,
            id_=f"flow-{chart.id}",
            described="The same is in the list that follows.",
        ),
        "boxes": [_box(chart, one) for one in chart.nodes],
    }


def _box(chart: FlowChart, box: Node) -> dict[str, str]:
    titles = {one.id: one.title for one in chart.nodes}
    leads = [titles[one.to_node] for one in chart.edges if one.from_node == box.id]
    return {"title": box.title, "leads": words.listed(leads, "or")}


def _contradiction(one: Contradiction) -> dict[str, object]:
    return {
        "paragraphs": ", ".join(one.paragraphs),
        "about": one.about,
        "carried_as": one.carried_as,
        "reason": one.reason,
        "rules": _links(one.rules),
    }


def _links(rules: Iterable[str]) -> list[tuple[str, str]]:
    found = [in_use().protocol.rule(name) for name in rules]
    return [(rule.title, reverse("provision", args=[rule.id])) for rule in found if rule is not None]


@signed_in("GET")
def provision(request: HttpRequest, actor: Actor, rule_id: str) -> HttpResponse:
    """One rule: its text, where it stands, what it asks of whom, and how we read it."""
    protocol = in_use().protocol
    rule = protocol.rule(rule_id)
    if rule is None:
        return refused_page(request, actor, NO_RULE)
    context = {
        "rule": rule,
        "source": f"{document_title(rule.source.document)}, paragraph {rule.source.paragraph}",
        "described": described(rule),
        "versions": [one for one in protocol.rules if one.id == rule_id and one is not rule],
        "contradictions": [_contradiction(one) for one in protocol.contradictions if rule_id in one.rules],
        "same_topic": [
            _row(one)
            for one in protocol.rules
            if rule.topic and one.topic == rule.topic and one.id != rule_id
        ],
    }
    crumbs = [Crumb("Procedures", reverse("procedures"))]
    return page(request, actor, "procedures/provision.html", context, crumbs=crumbs, current="procedures")
