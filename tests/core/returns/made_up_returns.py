"""Returns written in tests: made-up children of the made-up authority 299, as XML."""

from datetime import date
from io import BytesIO

from cairn.adapters import census_file, code_sets
from cairn.core.returns.census import CensusReturn
from cairn.core.returns.examine import check
from cairn.core.returns.take_over import TakeOver, take_over

TODAY = date(2026, 5, 1)
HEADER = """<Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year>
<ReferenceDate>2026-03-31</ReferenceDate></CollectionDetails>
<Source><SourceLevel>L</SourceLevel><LEA>299</LEA><SerialNo>001</SerialNo></Source></Header>"""
BORN = "<PersonBirthDate>2016-05-04</PersonBirthDate>"
NEED = "<PrimaryNeedCode>N1</PrimaryNeedCode>"
SOURCE = "<ReferralSource>2A</ReferralSource>"


def message(*children: str, header: str = HEADER) -> str:
    return f"<Message>\n{header}\n<Children>\n" + "\n".join(children) + "\n</Children>\n</Message>\n"


def child(
    *episodes: str,
    number: str | None = "MADEUP1",
    birth: str = BORN,
    sex: str = "<Sex>F</Sex>",
    more: str = "",
    ethnicity: str = "<Ethnicity>WBRI</Ethnicity>",
    disabilities: tuple[str, ...] = ("NONE",),
) -> str:
    identity = f"<LAchildID>{number}</LAchildID>" if number is not None else ""
    listed = "".join(f"<Disability>{code}</Disability>" for code in disabilities)
    return (
        f"<Child>\n<ChildIdentifiers>{identity}{birth}{sex}{more}</ChildIdentifiers>\n"
        f"<ChildCharacteristics>{ethnicity}<Disabilities>{listed}</Disabilities></ChildCharacteristics>\n"
        + "\n".join(episodes)
        + "\n</Child>"
    )


def episode(
    *steps: str,
    referred: str | None = "2025-06-02",
    source: str = SOURCE,
    need: str = NEED,
    closed: str = "",
    reason: str = "",
    nfa: str | None = "0",
) -> str:
    parts = [
        f"<CINreferralDate>{referred}</CINreferralDate>" if referred else "",
        source,
        need,
        f"<CINclosureDate>{closed}</CINclosureDate>" if closed else "",
        f"<ReasonForClosure>{reason}</ReasonForClosure>" if reason else "",
        *steps,
        f"<ReferralNFA>{nfa}</ReferralNFA>" if nfa is not None else "",
    ]
    return "<CINdetails>\n" + "\n".join(part for part in parts if part) + "\n</CINdetails>"


def assessment(started: str | None, authorised: str = "", factors: tuple[str, ...] = ()) -> str:
    inner = f"<AssessmentActualStartDate>{started}</AssessmentActualStartDate>" if started else ""
    if authorised:
        inner += f"<AssessmentAuthorisationDate>{authorised}</AssessmentAuthorisationDate>"
    if factors:
        listed = "".join(f"<AssessmentFactors>{one}</AssessmentFactors>" for one in factors)
        inner += f"<FactorsIdentifiedAtAssessment>{listed}</FactorsIdentifiedAtAssessment>"
    return f"<Assessments>{inner}</Assessments>"


def plan(started: str, ended: str = "") -> str:
    end = f"<CINPlanEndDate>{ended}</CINPlanEndDate>" if ended else ""
    return f"<CINPlanDates><CINPlanStartDate>{started}</CINPlanStartDate>{end}</CINPlanDates>"


def enquiry(started: str, conference: str = "", not_required: str = "0") -> str:
    held = f"<DateOfInitialCPC>{conference}</DateOfInitialCPC>" if conference else ""
    return (
        f"<Section47><S47ActualStartDate>{started}</S47ActualStartDate>{held}"
        f"<ICPCnotRequired>{not_required}</ICPCnotRequired></Section47>"
    )


def protection_plan(
    started: str,
    ended: str = "",
    *,
    first: str = "NEG",
    latest: str = "NEG",
    previous: str = "0",
    reviews: tuple[str, ...] = (),
) -> str:
    end = f"<CPPendDate>{ended}</CPPendDate>" if ended else ""
    held = "".join(f"<CPPreviewDate>{day}</CPPreviewDate>" for day in reviews)
    return (
        f"<ChildProtectionPlans><CPPstartDate>{started}</CPPstartDate>{end}"
        f"<InitialCategoryOfAbuse>{first}</InitialCategoryOfAbuse>"
        f"<LatestCategoryOfAbuse>{latest}</LatestCategoryOfAbuse>"
        f"<NumberOfPreviousCPP>{previous}</NumberOfPreviousCPP><Reviews>{held}</Reviews></ChildProtectionPlans>"
    )


def read(text: str) -> CensusReturn:
    found = census_file.read_stream(BytesIO(text.encode()))
    assert isinstance(found, CensusReturn), found
    return found


def taken(*children: str, header: str = HEADER, today: date = TODAY) -> TakeOver:
    return take_over(read(message(*children, header=header)), codes=code_sets.load(), today=today)


def said(*children: str, header: str = HEADER, today: date = TODAY) -> list[str]:
    """The codes of everything found in a return of these children."""
    found = check(read(message(*children, header=header)), codes=code_sets.load(), today=today)
    return [finding.code for finding in found]


def events(over: TakeOver) -> list[tuple[str, str]]:
    """The events of the first child after its description, as type (and kind) and day."""
    made = over.children[0].events[1:]
    return [
        (" ".join([one.type, *([one.data["kind"]] if "kind" in one.data else [])]), one.on.isoformat())
        for one in made
    ]
