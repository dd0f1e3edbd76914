"""From elements to a return: each value in its place, and nothing that has none lost."""

from dataclasses import fields, is_dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.core.returns.census import Child, Episode, Leaf, Section47, Stray
from cairn.core.returns.layout import Node, child_from, header_from


def leaf(name: str, text: str, line: int = 1) -> Node:
    return Node(name, line, text)


def test_a_value_keeps_its_text_its_path_and_its_line():
    child = child_from(
        Node("Child", 3, "", (Node("ChildIdentifiers", 4, "", (leaf("LAchildID", " A1 ", 5),)),))
    )
    assert child.authority_number == Leaf("A1", "ChildIdentifiers/LAchildID", 5)
    assert child.line == 3


def test_parts_repeat_and_know_where_they_stand():
    enquiries = tuple(
        Node("Section47", n, "", (leaf("S47ActualStartDate", f"2026-01-0{n}", n),)) for n in (1, 2)
    )
    child = child_from(Node("Child", 1, "", (Node("CINdetails", 1, "", enquiries),)))
    (episode,) = child.episodes
    assert [one.started.text for one in episode.enquiries] == ["2026-01-01", "2026-01-02"]
    assert episode.enquiries[0].started.path == "CINdetails/Section47/S47ActualStartDate"


def test_an_empty_element_is_as_good_as_none():
    child = child_from(Node("Child", 1, "", (Node("ChildIdentifiers", 1, "", (leaf("UPN", "  \n"),)),)))
    assert child.upn is None
    assert child.stray == ()


def test_loose_text_unknown_and_repeated_elements_are_kept_apart():
    identifiers = Node(
        "ChildIdentifiers",
        2,
        "PersonBirthDate",
        (leaf("Sex", "F", 3), leaf("Sex", "M", 4), leaf("Shoe", "5", 5)),
    )
    child = child_from(Node("Child", 1, "", (identifiers,)))
    assert child.sex == Leaf("F", "ChildIdentifiers/Sex", 3)
    assert child.stray == (
        Stray("loose text", "ChildIdentifiers", 2, "PersonBirthDate"),
        Stray("repeated element", "ChildIdentifiers/Sex", 4, "M"),
        Stray("unknown element", "ChildIdentifiers/Shoe", 5, "5"),
    )


def test_only_the_exact_name_is_read():
    misspelt = Node("CINplanDates", 7, "", (leaf("CINPlanStartDate", "2026-01-01"),))
    child = child_from(Node("Child", 1, "", (Node("CINdetails", 2, "", (misspelt,)),)))
    assert child.episodes[0].plans == ()
    assert [stray.path for stray in child.stray] == ["CINdetails/CINplanDates"]


def test_elements_inside_a_value_are_said():
    inside = Node("LAchildID", 2, "A1", (leaf("b", "2", 2),))
    child = child_from(Node("Child", 1, "", (Node("ChildIdentifiers", 1, "", (inside,)),)))
    assert child.authority_number == Leaf("A1", "ChildIdentifiers/LAchildID", 2)
    assert [stray.path for stray in child.stray] == ["ChildIdentifiers/LAchildID/b"]


def test_the_header_is_read_by_the_same_layout():
    header, stray = header_from(Node("Header", 1, "", (Node("Source", 2, "", (leaf("LEA", "299", 3),)),)))
    assert header.authority == Leaf("299", "Header/Source/LEA", 3)
    assert stray == []


NAMES = sorted(
    {
        name
        for kind in (Child, Episode, Section47)
        for one in fields(kind)
        for name in one.metadata.get("path", "Other").split("/")
    }
)
NODES = st.recursive(
    st.builds(Node, st.sampled_from(NAMES), st.just(1), st.text(max_size=5)),
    lambda inner: st.builds(
        Node, st.sampled_from(NAMES), st.just(1), st.text(max_size=5), st.lists(inner, max_size=4).map(tuple)
    ),
    max_leaves=10,
)


def texts_of_nodes(node: Node) -> list[str]:
    return [node.text.strip(), *(text for inner in node.children for text in texts_of_nodes(inner))]


def texts_of_parts(part: object) -> list[str]:
    if isinstance(part, Leaf | Stray):
        return [part.text]
    if isinstance(part, tuple):
        return [text for one in part for text in texts_of_parts(one)]
    if is_dataclass(part):
        return [text for one in fields(part) for text in texts_of_parts(getattr(part, one.name))]
    return []


@settings(max_examples=60, deadline=None)
@given(NODES)
def test_any_tree_is_read_and_every_text_of_known_places_is_in_it(node):
    found = texts_of_parts(child_from(node._replace(name="Child")))
    shallow = [inner.text.strip() for inner in node.children if not inner.children and inner.text.strip()]
    assert all(text in found for text in shallow)
