from pathlib import Path

import pytest

from socio_calc.case import Case, Cohort, Fixed, build_case, check_case, dump_case, parse_document, read_document
from socio_calc.problems import InputError
from tests.case.faulty import RIGHT, case_of, changed, codes, found

#: The case of the format's description, without what is not computed yet, and made into one sensible case: a price of
#: the list has its own kind, price year and index, and survival needs the life table.
EXAMPLE = Path(__file__).with_name("example.yaml")


def test_the_example_of_the_format_is_read_in_full():
    case = build_case(read_document(EXAMPLE))
    assert case.title == "Styrka hela livet"
    assert [cohort.age for cohort in case.participants] == [84, 84]
    assert case.costs[0].organisation == "Hudiksvalls kommun"
    assert case.outcomes[0].fades.rate == Fixed(value=0.3)
    assert case.outcomes[0].consequences[0].index is None
    assert case.application.applied == {2025: 400000, 2026: 400000, 2027: 300000}
    assert case.application.call.isoformat() == "2021-10-31"
    assert case.scenarios == {"cautious": {"outcomes.falls.effect.value": 0.9, "discount_rate": 0.05}}
    assert case.stated_results[0].value == 1234567


def test_defaults_are_those_of_the_format():
    case = case_of(RIGHT)
    cost, outcome = case.costs[0], case.outcomes[0]
    consequence = outcome.consequences[0]
    assert (case.discount_rate, case.timing, case.survival, case.completion) == (0.035, "start", "none", Fixed(value=1))
    assert (cost.funding, cost.index, cost.quantity, cost.replaces) == ("cofinancing", "kpif", Fixed(value=1), False)
    assert (outcome.lag, outcome.effect_on, outcome.deadweight, outcome.attribution) == (
        0,
        "all",
        Fixed(value=0),
        Fixed(value=1),
    )
    assert (consequence.index, consequence.delay, consequence.duration, consequence.link) == ("kpif", 0, 1, None)
    assert (case.discount_rate_health, outcome.survival, cost.price_year, cost.contributions) == (None,) * 4


def test_default_years_of_a_cost_per_participant_is_the_year_of_entry():
    text = changed(("basis: per_year\n    years: [0, 1]", "basis: per_participant"))
    assert case_of(text).costs[0].years == (0,)


def test_a_price_of_the_list_leaves_what_it_brings_to_the_base():
    case = case_of(changed(("price: 90000, kind: resource_cost, payer: region", "price: {cost: x}")))
    consequence = case.outcomes[0].consequences[0]
    assert (consequence.kind, consequence.payer, consequence.index, consequence.price_year) == (None,) * 4


def test_all_errors_of_a_file_come_at_once_in_its_order():
    text = changed(
        ("title: Styrka", "titel: Styrka"),
        ("price_year: 2024", "price_year: 24"),
        ("actor: kommun", "actor: komun"),
        ("amount: 100000", 'amount: "1.234"'),
        ("years: [0, 1]", "years: [0, 9]"),
        ("level: rate", "level: rat"),
        ("holds: 1", "holds: 2 kr"),
        ("payer: region", "payer: region, payee: region"),
    )
    assert codes(text) == [
        ("missing-required", "title"),
        ("unknown-key", "titel"),
        ("year-out-of-range", "price_year"),
        ("wrong-choice", "costs.0.actor"),
        ("ambiguous-number", "costs.0.amount"),
        ("cost-year-outside", "costs.0.years.1"),
        ("wrong-choice", "outcomes.falls.level"),
        ("wrong-unit", "outcomes.falls.holds"),
        ("not-used-here", "outcomes.falls.consequences.0.payee"),
    ]


def test_every_error_has_file_line_column_and_field():
    problems = found(changed(("amount: 100000", "amount: abc"), ("payer: region", "payr: region")))
    places = [(p.place.file, p.place.line, p.place.column, p.place.path, p.params["field"]) for p in problems]
    assert places == [
        ("case.yaml", 13, 5, "costs.0.amount", "costs[].amount"),
        ("case.yaml", 26, 9, "outcomes.falls.consequences.0.payer", "outcomes[].consequences[].payer"),
        ("case.yaml", 26, 57, "outcomes.falls.consequences.0.payr", "outcomes[].consequences[].payr"),
    ]
    assert problems[2].params["nearest"] == "payer"


@pytest.mark.parametrize(
    ("key", "nearest"),
    [
        ("titel", "title"),
        ("Discount-Rate", "discount_rate"),
        ("horisonts", "horizons"),
        ("outcome", "outcomes"),
        ("cösts", "costs"),
        ("något_helt_annat", None),
    ],
)
def test_nearest_key(key, nearest):
    (problem,) = [problem for problem in found(RIGHT + f"{key}: x\n") if problem.code == "unknown-key"]
    assert problem.params["nearest"] == nearest


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("title: Styrka", "title: 2025", ("not-text", "title")),
        ("title: Styrka", "title: ''", ("missing-required", "title")),
        ("title: Styrka", "title:", ("missing-required", "title")),
        ("horizons: [1, 5]", "horizons: 5", ("not-a-list", "horizons")),
        ("horizons: [1, 5]", "horizons: []", ("missing-required", "horizons")),
        ("horizons: [1, 5]", "horizons: [1, 5.5]", ("not-whole", "horizons.1")),
        ("horizons: [1, 5]", "horizons: [1, x]", ("not-a-number", "horizons.1")),
        ("format: 1", "format: 2", ("wrong-choice", "format")),
        ("actor: kommun", "actor: kommun\n    setup: ja", ("wrong-choice", "costs.0.setup")),
        ("amount: 100000", "amount: 15 %", ("wrong-unit", "costs.0.amount")),
        ("amount: 100000", "amount: -5", ("negative-amount", "costs.0.amount")),
        ("number: 60", "number: 60 kr", ("wrong-unit", "participants.0.number")),
        ("holds: 1", "holds: 1\n    deadweight: 15", ("percent-or-share", "outcomes.falls.deadweight")),
        (
            "holds: 1",
            "holds: 1\n    displacement: {low: 10, mode: 20, high: 30}",
            ("percent-or-share", "outcomes.falls.displacement.mode"),
        ),
        ("holds: 1", "holds: 1\n    displacement: -0.1", ("out-of-range", "outcomes.falls.displacement")),
        (
            "effect: {measure: ratio, value: {estimate: 0.77, ci: [0.71, 0.83]}}",
            "effect: 0.77",
            ("not-a-section", "outcomes.falls.effect"),
        ),
        ("format: 1", "format: 1\ndiscount_rate: 3.5", ("percent-or-share", "discount_rate")),
        ("format: 1", "format: 1\ndiscount_rate: [{from: 0, rate: 3.5}]", ("percent-or-share", "discount_rate.0.rate")),
        ("format: 1", "format: 1\napplication: {fund: vgr, call: 31/10 2021}", ("bad-date", "application.call")),
        ("format: 1", "format: 1\napplication: {fund: vgr, call: 2021-02-30}", ("bad-date", "application.call")),
        ("format: 1", "format: 1\napplication: {fund: vgr}", ("missing-required", "application.call")),
        ("format: 1", "format: 1\nquantities2: 1", ("unknown-key", "quantities2")),
        ("  timpris:", "  tim.pris:", ("bad-id", "quantities.tim.pris")),
    ],
)
def test_one_wrong_value(old, new, problem):
    assert problem in codes(changed((old, new)))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("amount: 100000", "amount: 420.000", ("ambiguous-number", "costs.0.amount")),
        ("    amount: 100000", "    hours: 1.200\n    wage: 245", ("ambiguous-number", "costs.0.hours")),
        ("price: 90000", "price: -420.000", ("ambiguous-number", "outcomes.falls.consequences.0.price")),
        (
            "price: 90000",
            "price: {low: 80.000, high: 90000}",
            ("ambiguous-number", "outcomes.falls.consequences.0.price"),
        ),
        ("number: 60", "number: 1.000", ("ambiguous-number", "participants.0.number")),
        ("timpris: {low: 200, mode: 250, high: 320}", "timpris: 1.250", ("ambiguous-number", "quantities.timpris")),
        ("year: 0, number", "year: 2025, number", ("calendar-year-here", "participants.0.year")),
        ("years: [0, 1]", "years: [0, 2026]", ("calendar-year-here", "costs.0.years.1")),
        ("horizons: [1, 5]", "horizons: [2027]", ("calendar-year-as-span", "horizons.0")),
        (
            "value: {estimate: 0.77",
            "value: {estimate: 0,77",
            ("decimal-comma-in-braces", "outcomes.falls.effect.value.77"),
        ),
        ("ci: [0.71, 0.83]", "ci: [0,71, 0,83]", ("decimal-comma-in-braces", "outcomes.falls.effect.value.ci")),
        ("number: 60", "number: 60,5 %", ("decimal-comma-in-braces", "participants.0.5 %")),
    ],
)
def test_what_people_write_by_mistake_has_a_message_of_its_own(old, new, problem):
    assert problem in codes(changed((old, new)))


@pytest.mark.parametrize("text", ["1.125", "0.035", "12.3456", "1234.567"])
def test_a_point_stays_a_decimal_sign_where_thousands_make_no_sense(text):
    case = case_of(changed(("estimate: 0.77, ci: [0.71, 0.83]", f"value: {text}")))
    assert case.outcomes[0].effect.value == Fixed(value=float(text))


def test_an_amount_with_three_decimals_is_written_so_that_it_reads_back():
    case = case_of(changed(("amount: 100000", "amount: 245.1250")))
    assert "amount: 245.1250" in dump_case(case)
    assert case_of(dump_case(case)) == case


def test_percent_or_share_gives_both_ways_to_write_it():
    (problem,) = found(changed(("format: 1", "format: 1\ncompletion: 15")))
    assert (problem.params["percent"], problem.params["share"]) == (15, 0.15)


def test_swedish_numbers_in_plain_fields():
    case = case_of(
        changed(("format: 1", 'format: 1\ndiscount_rate: "3,5 %"'), ("amount: 100000", "amount: 100 000 kr"))
    )
    assert (case.discount_rate, case.costs[0].amount) == (0.035, Fixed(value=100000))


def test_equalisation_zero_turns_both_off():
    case = case_of(RIGHT + "taxes: {equalisation: 0}\n")
    assert (case.taxes.equalisation.municipal, case.taxes.equalisation.regional) == (0, 0)


def test_cases_made_in_python_are_checked_by_the_same_rules():
    case = Case(
        format=1, title="A", first_year=2025, price_year=2024, horizons=(5, 1), participants=(Cohort(year=9, number=1),)
    )
    assert [(p.code, p.place.path) for p in check_case(case)] == [
        ("not-rising", "horizons.1"),
        ("cohort-year-outside", "participants.0.year"),
        ("nothing-to-compute", "outcomes"),
    ]


def test_no_problem_stops_another_from_being_found():
    """Each fault alone and all together give the same list: nothing hides behind something else."""
    changes = [
        ("horizons: [1, 5]", "horizons: [5, 1]"),
        ("number: 60", "number: many"),
        ("actor: kommun", "actor: x"),
        ("basis: per_year", "basis: per_year\n    funding: grant"),
        ("ordinary: 0.08", "ordinary: -1"),
        ("measure: ratio", "measure: odds_ratio"),
        ("holds: 1", "holds: open\n    fades: {shape: linear}"),
        ("kind: resource_cost", "kind: transfer"),
    ]
    alone = {code for change in changes for code in codes(changed(change))}
    assert set(codes(changed(*changes))) == alone


def test_input_error_lists_all_problems():
    with pytest.raises(InputError) as raised:
        build_case(parse_document(b"titel: x", "case.yaml"))
    assert {problem.place.file for problem in raised.value.problems} == {"case.yaml"}
    assert len(raised.value.problems) >= 6
