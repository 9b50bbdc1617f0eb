import pytest

from tests.case.faulty import RIGHT, case_of, changed, codes, found

COST = "costs.0"
OUTCOME = "outcomes.falls"
LINE = f"{OUTCOME}.consequences.0"
EFFECT = "effect: {measure: ratio, value: {estimate: 0.77, ci: [0.71, 0.83]}}"
PRICED = "price: 90000, kind: resource_cost, payer: region"


def test_the_right_case_has_no_problems():
    assert codes(RIGHT) == []


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ([("[1, 5]", "[5, 1]")], [("not-rising", "horizons.1")]),
        ([("[1, 5]", "[5, 5]")], [("not-rising", "horizons.1")]),
        (
            [("format: 1", "format: 1\ndiscount_rate: [{from: 1, rate: 0.03}]")],
            [("first-step-not-zero", "discount_rate.0.from")],
        ),
        (
            [("format: 1", "format: 1\ndiscount_rate_health: [{from: 0, rate: 0.03}, {from: 0, rate: 0.02}]")],
            [("not-rising", "discount_rate_health.1.from")],
        ),
        ([("{year: 0,", "{year: 5,")], [("cohort-year-outside", "participants.0.year")]),
        ([("{year: 0,", "{year: 4,")], []),
        ([(", age: 84", ""), ("format: 1", "format: 1\nsurvival: sweden")], [("required-here", "participants.0.age")]),
        ([("holds: 1", "holds: 1\n    survival: true")], [("survival-without-table", f"{OUTCOME}.survival")]),
        ([("id: falls", "id: cost")], [("reserved-id", "outcomes.cost.id")]),
        ([("id: falls", "id: effects")], [("reserved-id", "outcomes.effects.id")]),
    ],
)
def test_the_whole_case(changes, problems):
    assert codes(changed(*changes)) == problems


def test_ids_are_unique():
    twice = RIGHT + RIGHT.partition("outcomes:\n")[2]
    assert codes(twice) == [("duplicate-id", "outcomes.1.id")]


def test_nothing_to_compute():
    assert codes(RIGHT.partition("costs:")[0]) == [("nothing-to-compute", "outcomes")]
    assert codes(RIGHT.partition("outcomes:")[0]) == []


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ("    amount: 100000\n", "", [("missing-required", f"{COST}.amount")]),
        ("amount: 100000", "hours: 10", [("missing-required", f"{COST}.wage")]),
        ("amount: 100000", "wage: 10", [("missing-required", f"{COST}.hours")]),
        ("amount: 100000", "hours: 10\n    wage: 200", []),
        ("amount: 100000", "hours: 10\n    wage: 200\n    quantity: 2", [("not-together", f"{COST}.quantity")]),
        ("amount: 100000", "amount: 1\n    hours: 10", [("not-together", f"{COST}.hours")]),
        ("amount: 100000", "amount: 1\n    contributions: 0.3", [("not-together", f"{COST}.contributions")]),
        ("actor: kommun", "actor: kommun\n    funding: grant", [("required-here", f"{COST}.funder")]),
        ("actor: kommun", "actor: kommun\n    funding: grant\n    funder: region", []),
        ("actor: kommun", "actor: kommun\n    funder: region", [("not-used-here", f"{COST}.funder")]),
        ("\n    years: [0, 1]", "", [("required-here", f"{COST}.years")]),
        ("per_year\n    years: [0, 1]", "total", [("required-here", f"{COST}.years")]),
        ("years: [0, 1]", "years: [0, 1, 0]", [("duplicate-item", f"{COST}.years.2")]),
        ("years: [0, 1]", "years: [4, 5]", [("cost-year-outside", f"{COST}.years.1")]),
        ("per_year\n    years: [0, 1]", "per_participant\n    years: [5]", [("cost-year-outside", f"{COST}.years.0")]),
        ("per_year\n    years: [0, 1]", "total\n    years: [4, 5]", []),
        (
            "amount: 100000",
            "amount: {cost: x}\n    index: kpi\n    price_year: 2020",
            [("price-brings-its-own", f"{COST}.index"), ("price-brings-its-own", f"{COST}.price_year")],
        ),
        (
            "actor: kommun",
            "actor: kommun\n    organisation: Ovanåker",
            [("unknown-organisation", f"{COST}.organisation")],
        ),
        ("amount: 100000", "amount: {evidence: x}", [("evidence-not-here", f"{COST}.amount")]),
        ("amount: 100000", "amount: {ref: okänd}", [("unknown-ref", f"{COST}.amount")]),
    ],
)
def test_costs(old, new, problems):
    assert codes(changed((old, new))) == problems


def test_named_cost_rows_act_as_written_where_they_are_used():
    named = ("  timpris: {low: 200, mode: 250, high: 320}", "  pris: {cost: teacher-hour}")
    assert codes(changed(named, ("amount: 100000", "amount: {ref: pris}"))) == []
    assert codes(changed(named, ("amount: 100000", "amount: {ref: pris}\n    index: kpi"))) == [
        ("price-brings-its-own", f"{COST}.index")
    ]
    assert codes(changed(named, ("ordinary: 0.08", "ordinary: {ref: pris}"))) == [
        ("cost-not-here", f"{OUTCOME}.ordinary")
    ]


def test_named_values_are_held_to_the_limits_of_the_field():
    (problem,) = found(changed(("holds: 1", "holds: 1\n    displacement: {ref: timpris}")))
    assert (problem.code, problem.place.path, problem.params["name"]) == (
        "out-of-range",
        f"{OUTCOME}.displacement",
        "timpris",
    )


@pytest.mark.parametrize(
    ("changes", "problems"),
    [
        ([("    holds: 1\n", "")], [("missing-required", f"{OUTCOME}.holds")]),
        ([("holds: 1", "holds: open")], []),
        ([("holds: 1", "holds: 1.5")], []),
        ([("holds: 1", "holds: -1")], [("out-of-range", f"{OUTCOME}.holds")]),
        ([("holds: 1", "holds: open\n    fades: {shape: none}")], [("not-used-here", f"{OUTCOME}.fades")]),
        ([("holds: 1", "holds: 1\n    fades: {shape: exponential}")], [("required-here", f"{OUTCOME}.fades.rate")]),
        ([("holds: 1", "holds: 1\n    fades: {shape: linear}")], [("required-here", f"{OUTCOME}.fades.over")]),
        (
            [("holds: 1", "holds: 1\n    fades: {shape: table, values: []}")],
            [("required-here", f"{OUTCOME}.fades.values")],
        ),
        ([("holds: 1", "holds: 1\n    fades: {shape: none, over: 3}")], [("not-used-here", f"{OUTCOME}.fades.over")]),
        (
            [("holds: 1", "holds: 1\n    fades: {shape: table, values: [1, 80]}")],
            [("percent-or-share", f"{OUTCOME}.fades.values.1")],
        ),
        (
            [("holds: 1", "holds: 1\n    fades: {shape: table, values: [-1]}")],
            [("out-of-range", f"{OUTCOME}.fades.values.0")],
        ),
        ([("level: rate", "level: event")], [("not-used-here", f"{OUTCOME}.holds")]),
        (
            [("level: rate", "level: event"), ("    holds: 1\n", "    lasts: 3\n")],
            [("not-used-here", f"{OUTCOME}.lasts")],
        ),
        ([("level: rate", "level: event"), ("    holds: 1\n", "    lag: 3\n")], []),
        ([("measure: ratio", "measure: odds_ratio")], [("measure-not-for-level", f"{OUTCOME}.effect.measure")]),
        ([(EFFECT, "effect: {measure: smd, value: -0.2}")], [("measure-not-for-level", f"{OUTCOME}.effect.measure")]),
        (
            [(EFFECT, "effect: {measure: smd, value: -0.2}"), ("level: rate", "level: amount")],
            [("effect-needs-sd", f"{OUTCOME}.effect.sd")],
        ),
        ([(EFFECT, "effect: {measure: smd, value: -0.2, sd: 3}"), ("level: rate", "level: amount")], []),
        (
            [(EFFECT, "effect: {measure: smd, value: -0.2, sd: 3}"), ("level: rate", "level: probability")],
            [("not-used-here", f"{OUTCOME}.effect.sd")],
        ),
        ([(EFFECT, "effect: {measure: difference, value: -0.1}")], [("level-out-of-range", f"{OUTCOME}.effect.value")]),
        ([(EFFECT, "effect: {measure: difference, value: -0.08}")], []),
        (
            [(EFFECT, "effect: {measure: ratio, value: 13}"), ("level: rate", "level: probability")],
            [("level-out-of-range", f"{OUTCOME}.effect.value")],
        ),
        ([(EFFECT, "effect: {measure: ratio, value: -0.1}")], [("out-of-range", f"{OUTCOME}.effect.value")]),
        ([("ci: [0.71, 0.83]", "ci: [0, 0.83]")], [("lognormal-not-positive", f"{OUTCOME}.effect.value")]),
        ([("ci: [0.71, 0.83]", "ci: [-0.1, 0.83], dist: normal")], []),
        ([("ordinary: 0.08", "ordinary: -0.08")], [("out-of-range", f"{OUTCOME}.ordinary")]),
        (
            [("ordinary: 0.08", "ordinary: 8"), ("level: rate", "level: probability")],
            [("percent-or-share", f"{OUTCOME}.ordinary")],
        ),
        (
            [("ordinary: 0.08", "ordinary: [0.08, {low: 0, high: 3}]"), ("level: rate", "level: probability")],
            [("percent-or-share", f"{OUTCOME}.ordinary.1")],
        ),
        ([("ordinary: 0.08", "ordinary: {baseline: x}")], []),
        ([("ordinary: 0.08", "ordinary: {cost: x}")], [("cost-not-here", f"{OUTCOME}.ordinary")]),
        ([("holds: 1", "holds: 1\n    deadweight: 0.1")], [("adjusted-twice", f"{OUTCOME}.deadweight")]),
        (
            [("holds: 1", "holds: 1\n    attribution: {low: 0.5, high: 1}\n    because: ' '")],
            [("adjusted-twice", f"{OUTCOME}.attribution")],
        ),
        ([("holds: 1", "holds: 1\n    attribution: 0.5\n    because: Två insatser")], []),
        ([("holds: 1", "holds: 1\n    attribution: 0.5"), ("grade: rct", "grade: judgement")], []),
    ],
)
def test_outcomes(changes, problems):
    assert codes(changed(*changes)) == problems


def test_an_event_reads_its_list_in_the_year_of_the_lag_alone():
    event = [("level: rate", "level: event"), ("    holds: 1\n", "    lag: 1\n")]
    assert codes(changed(*event, ("ordinary: 0.08", "ordinary: [7, 0.2, 7]"))) == []
    assert codes(changed(*event, ("ordinary: 0.08", "ordinary: [0.2, 7]"))) == [
        ("percent-or-share", f"{OUTCOME}.ordinary.1")
    ]


def line(written):
    return codes(changed((PRICED, written)))


@pytest.mark.parametrize(
    ("written", "problems"),
    [
        ("price: 1, kind: transfer, payer: stat, payee: individ, taxable: true", []),
        ("price: 1, kind: transfer, payer: stat", [("transfer-without-payee", f"{LINE}.payee")]),
        ("price: 1, kind: transfer, payee: individ", [("transfer-without-payee", f"{LINE}.payer")]),
        ("price: 1, kind: transfer, payer: stat, payee: stat", [("same-payer-payee", f"{LINE}.payee")]),
        (
            "price: 1, kind: transfer, payer: stat, payee: kommun, taxable: true",
            [("taxable-not-individ", f"{LINE}.taxable")],
        ),
        (
            "price: 1, kind: transfer, payer: stat, payee: individ, marginal: 0.5",
            [("not-used-here", f"{LINE}.marginal")],
        ),
        ("price: 1, kind: production, link: causal", []),
        ("price: 1, kind: production", [("required-here", f"{LINE}.link")]),
        ("price: 1, kind: production_loss, link: causal, payer: stat", [("not-used-here", f"{LINE}.payer")]),
        ("price: 1, kind: production_loss, link: causal, realisable: 1", [("not-used-here", f"{LINE}.realisable")]),
        ("price: 1, kind: resource_cost", [("required-here", f"{LINE}.payer")]),
        ("price: -1, kind: resource_cost, payer: stat", []),
        ("price: 1, kind: resource_cost, payer: stat, payee: kommun", [("not-used-here", f"{LINE}.payee")]),
        ("kind: resource_cost, payer: stat", [("required-here", f"{LINE}.price")]),
        ("price: 1, payer: stat", [("missing-required", f"{LINE}.kind")]),
        ("kind: health, quantity: 0.1", []),
        ("kind: health, quantity: -0.1", []),
        ("kind: health", [("required-here", f"{LINE}.quantity")]),
        (
            "kind: health, quantity: 1, price: 1, payer: stat, growth: 0, index: kpi, price_year: 2020",
            [("not-used-here", f"{LINE}.{key}") for key in ("price", "payer", "growth", "index", "price_year")],
        ),
        ("price: {cost: x}, payer: stat, payee: individ", []),
        (
            "price: {cost: x}, kind: transfer, price_year: 2020, index: kpi, taxable: true",
            [("price-brings-its-own", f"{LINE}.{key}") for key in ("kind", "price_year", "index", "taxable")],
        ),
        (
            "price: 1, kind: resource_cost, payer: stat, link: observational",
            [("causal-share-missing", f"{LINE}.causal_share")],
        ),
        ("price: 1, kind: resource_cost, payer: stat, link: observational, causal_share: 0.5", []),
        (
            "price: 1, kind: resource_cost, payer: stat, marginal: [0.2, 0.5, 150]",
            [("out-of-range", f"{LINE}.marginal.2")],
        ),
        ("price: 1, kind: resource_cost, payer: stat, duration: 0", [("out-of-range", f"{LINE}.duration")]),
        ("price: 1, kind: resource_cost, payer: stat, growth: 2", [("percent-or-share", f"{LINE}.growth")]),
    ],
)
def test_consequences(written, problems):
    assert line(written) == problems


@pytest.mark.parametrize("beside", ["kind: health, quantity: 1", "kind: production, price: 1, link: causal"])
def test_wellbeing_never_stands_beside_health_or_production(beside):
    both = f"{PRICED}}}\n      - {{name: A, {beside}}}\n      - {{name: B, kind: wellbeing_loss, price: 1"
    assert line(both) == [("wellbeing-not-alone", f"{OUTCOME}.consequences.2.kind")]


APPLICATION = """\
application:
  fund: gavleborg
  call: 2021-10-31
  organisations: [{name: Ovanåker}]
  start: 2025-01-01
  end: 2024-12-31
  target_group: {age_min: 90, age_max: 80}
  followup: [{indicator: A, kind: social, outcome: fallen}]
"""


def test_application():
    assert codes(RIGHT + APPLICATION) == [
        ("end-before-start", "application.end"),
        ("low-above-high", "application.target_group.age_min"),
        ("unknown-outcome", "application.followup.0.outcome"),
    ]
    known = changed(("actor: kommun", "actor: kommun\n    organisation: Ovanåker"))
    assert ("unknown-organisation", f"{COST}.organisation") not in codes(known + APPLICATION)


@pytest.mark.parametrize(
    ("stated", "problems"),
    [
        ("perspective: societal, horizon: 5, measure: npv, value: 1 mkr", []),
        ("perspective: kommun, horizon: 1, measure: npv_cash, value: 1", []),
        ("perspective: societal, horizon: 5, measure: 'cost_per_outcome:falls', value: 1", []),
        ("perspective: societal, horizon: 3, measure: npv, value: 1", [("unknown-horizon", "horizon")]),
        ("perspective: societal, horizon: 5, measure: nvp, value: 1", [("wrong-choice", "measure")]),
        ("perspective: society, horizon: 5, measure: npv, value: 1", [("wrong-choice", "perspective")]),
        ("perspective: individ, horizon: 5, measure: npv_cash, value: 1", [("measure-not-for-perspective", "measure")]),
        ("perspective: public, horizon: 5, measure: qalys, value: 1", [("measure-not-for-perspective", "measure")]),
        ("perspective: societal, horizon: 5, measure: 'cost_per_outcome:x', value: 1", [("wrong-choice", "measure")]),
    ],
)
def test_stated_results(stated, problems):
    expected = [(code, f"stated_results.0.{key}") for code, key in problems]
    assert codes(f"{RIGHT}stated_results:\n  - {{{stated}}}\n") == expected


def test_checks_run_beside_what_could_not_be_read():
    text = changed(
        ("  timpris: {low: 200, mode: 250, high: 320}", "  timpris: abc\n  annat: 1"),
        ("amount: 100000", "amount: {ref: anat}"),
        ("ordinary: 0.08", "ordinary: {ref: timpris}"),
        ("payer: region", "payer: regin"),
        ("holds: 1", "holds: 1\n    deadweight: 0.2"),
    )
    assert codes(text) == [
        ("not-a-number", "quantities.timpris"),
        ("unknown-ref", "costs.0.amount"),
        ("adjusted-twice", f"{OUTCOME}.deadweight"),
        ("wrong-choice", f"{LINE}.payer"),
    ]


def test_unknown_ref_names_what_there_is():
    (problem,) = found(changed(("amount: 100000", "amount: {ref: timpriss}")))
    assert (problem.params["known"], problem.params["nearest"]) == (("timpris",), "timpris")


def test_a_named_price_may_bring_its_own_index():
    assert case_of(changed(("amount: 100000", "amount: {ref: timpris}"))).costs[0].index is None
