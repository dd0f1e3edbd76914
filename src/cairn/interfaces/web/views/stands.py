"""Where a case stands: the flow chart of the procedures with the case's own days, and the same as a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cairn.application.child import ChildPage
from cairn.core.calendar.london import say_day_month
from cairn.core.calendar.moment import LONDON
from cairn.core.engine.duties import DutyView
from cairn.core.engine.next_steps import Position, Stand
from cairn.interfaces.web import components as c
from cairn.interfaces.web import words
from cairn.interfaces.web.drawing.flow_chart import FlowEdge, FlowNode, flow_chart
from cairn.interfaces.web.views.due import due_date
from cairn.interfaces.web.views.lateness import how_done


@dataclass(frozen=True)
class Chart:
    """A flow chart on a page: what it is of, and the picture with its list."""

    title: str
    drawing: c.Drawing


def charts(found: ChildPage) -> list[Chart]:
    """The charts that matter to the latest episode, in the order of the procedures; none where nothing has happened."""
    if not found.timeline:
        return []
    return [
        Chart(position.title, _drawing(found, position)) for position in found.positions if position.matters
    ]


def _drawing(found: ChildPage, position: Position) -> c.Drawing:
    nodes = [_node(found, stand) for stand in position.stands]
    edges = [
        FlowEdge(edge.from_node, edge.to_node, (edge.from_node, edge.to_node) in position.taken)
        for edge in position.edges
    ]
    title = f"{position.title}: where {found.identity.name} stands"
    return flow_chart(nodes, edges, title=title, id_=f"flow-{position.id}")


def _node(found: ChildPage, stand: Stand) -> FlowNode:
    duty = _duty(found, stand)
    short, told = _lines(found, stand, duty)
    return FlowNode(
        id=stand.node.id,
        title=stand.node.title,
        column=stand.node.column,
        row=stand.node.row,
        state=stand.place,
        lines=(short,) if short else (),
        told=told,
        late=duty is not None and duty.late,
    )


def _duty(found: ChildPage, stand: Stand) -> DutyView | None:
    """The duty of a box that concerns the episode on the chart: the one last begun."""
    of_box = [duty for duty in found.duties if duty.rule.id == stand.node.duty]
    if stand.reached is not None:
        met = [duty for duty in of_box if duty.met_by and duty.met_by.id == stand.reached.id]
        of_box = met or of_box
    return max(of_box, key=lambda duty: duty.instants.started, default=None)


def _lines(found: ChildPage, stand: Stand, duty: DutyView | None) -> tuple[str, str]:
    """The short line of the box and the full one of the list."""
    this_year = found.as_at.astimezone(LONDON).year
    if stand.place == "not taken":
        return "not taken", "not taken"
    if stand.reached is None:
        return _to_come(duty)
    day = stand.reached.happened_at.day
    short, full = _short(day, this_year), words.day_words(day)
    if stand.place == "now":
        due = f", due {due_date(duty.due)}" if duty and duty.is_open and duty.due else ""
        return f"since {short}", f"since {full}{due}"
    how = _how(duty, stand)
    return f"{short}{how}", f"{full}{how}{_reason(duty)}"


def _to_come(duty: DutyView | None) -> tuple[str, str]:
    if duty is None or not duty.is_open or duty.due is None:
        return "", ""
    return f"due {due_date(duty.due)}", f"due {due_date(duty.due)}"


def _how(duty: DutyView | None, stand: Stand) -> str:
    if duty is None or duty.met_by is None or stand.reached is None or not duty.due:
        return ""
    return f", {how_done(duty)}"


def _reason(duty: DutyView | None) -> str:
    if duty is None or not duty.late or duty.departed is None:
        return ""
    return f". Reason: {duty.departed.reason.rstrip('.')}."


def _short(day: date, this_year: int) -> str:
    return say_day_month(day) if day.year == this_year else words.day_words(day)
