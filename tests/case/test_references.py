from socio_calc.case import find_references, parse_document
from tests.case.faulty import RIGHT, changed


def references(text):
    return [(ref.kind, ref.id, ref.path) for ref in find_references(parse_document(text.encode(), "case.yaml"))]


def test_every_kind_is_found_at_its_path_in_the_order_of_the_file():
    text = changed(
        ("amount: 100000", "amount: {cost: teacher-hour, note: x}"),
        ("ordinary: 0.08", "ordinary: [{baseline: falls}, {ref: timpris}]"),
        ("{estimate: 0.77, ci: [0.71, 0.83]}", "{evidence: falls-ex-rate-all, tau: 0.1}"),
        ("price: 90000", "price: {cost: fall}"),
    )
    assert references(text + "scenarios: {a: {costs.0.amount: {cost: other}}}\n") == [
        ("cost", "teacher-hour", "costs.0.amount"),
        ("baseline", "falls", "outcomes.falls.ordinary.0"),
        ("ref", "timpris", "outcomes.falls.ordinary.1"),
        ("evidence", "falls-ex-rate-all", "outcomes.falls.effect.value"),
        ("cost", "fall", "outcomes.falls.consequences.0.price"),
        ("cost", "other", "scenarios.a.costs.0.amount"),
    ]


def test_they_are_found_in_files_with_faults_too():
    assert references("costs:\n- {amount: {cost: x}, actor: 7, unknown: [1]}\n") == [("cost", "x", "costs.0.amount")]


def test_words_of_the_application_and_grades_of_evidence_are_no_references():
    assert references(RIGHT + "application: {followup: [{baseline: Nuläge}], ref: x}\n") == []
