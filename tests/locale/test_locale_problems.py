"""Message blocks: the place, what, why and the remedy; sorted, counted, and cut after fifty."""

from dataclasses import replace

import pytest

from socio_calc.locale import render_all, render_problem, render_warning
from socio_calc.problems import Place, Problem

N = "\u00a0"


def at(line, path="costs.0.amount"):
    return Place(file="/somewhere/ansokan.yaml", line=line, column=12, path=path)


AMBIGUOUS = {"value": "1.234", "reading_a": f"1{N}234", "reading_b": "1,234", "write_a": "1234", "write_b": '"1,234"'}


def test_a_block_for_yaml():
    assert render_problem(Problem("ambiguous-number", at(14), AMBIGUOUS), "sv") == (
        "ansokan.yaml, rad 14, kolumn 12 · costs.0.amount (Belopp)\n"
        f"  ”1.234” kan läsas på två sätt: 1{N}234 eller 1,234.\n"
        "  Punkten kan vara ett tusentalstecken eller ett decimaltecken.\n"
        '  Gör så här: Skriv 1234 eller "1,234".'
    )


def test_the_two_readings_of_a_number_differ_in_both_languages():
    numbers = {**AMBIGUOUS, "reading_a": 1234, "reading_b": 1.234}
    shown = render_problem(Problem("ambiguous-number", at(14), numbers), "en")
    assert "“1.234” can be read in two ways: 1234 or 1.234 with decimals." in shown
    shown = render_problem(Problem("ambiguous-number", at(14), numbers), "sv")
    assert f"”1.234” kan läsas på två sätt: 1{N}234 eller 1,234." in shown


def test_a_block_for_a_form():
    place = Place(file="ansokan.xlsx", sheet="Kostnader och finansiering", cell="F9", path="costs.0.amount.mode")
    first, *_ = render_problem(Problem("ambiguous-number", place, AMBIGUOUS), "sv").splitlines()
    assert first == "ansokan.xlsx, bladet Kostnader och finansiering, cell F9 · Belopp: troligast"


def test_a_block_for_a_file():
    problem = Problem("file-not-found", Place(file="a.yaml"), {"file": "a.yaml", "folder": "x", "nearest": None})
    block = render_problem(problem, "en").splitlines()
    assert block[0] == "a.yaml"
    assert block[3] == "  Do this: Check name and folder."


def test_the_nearest_word_is_named_only_when_there_is_one():
    known = render_problem(Problem("unknown-key", at(3, "titel"), {"key": "titel", "nearest": "title"}), "sv")
    unknown = render_problem(Problem("unknown-key", at(3, "xyz"), {"key": "xyz", "nearest": None}), "sv")
    assert "Gör så här: Menade du ”title”? Ändra ordet eller ta bort raden." in known
    assert "Gör så här: Ändra ordet eller ta bort raden." in unknown
    assert "Menade" not in unknown
    three = Problem("unknown-cost", at(3), {"id": "fal", "suggestions": ("fall", "hall", "falk"), "word": "fal"})
    assert "Menade du fall, hall eller falk? Sök med: socio-calc costs fal" in render_problem(three, "sv")


def test_the_field_gives_its_own_label_hint_and_example():
    block = render_problem(Problem("missing-required", at(1, "costs.0.actor")), "sv")
    assert "  Part som bär kostnaden saknas." in block
    assert "Gör så här: Välj den part som har utgiften eller lägger ned tiden. Exempel: kommun." in block
    form = Place(file="a.xlsx", sheet="Kostnader och finansiering", cell="D4", path="costs.0.actor")
    assert "Exempel: Kommunen." in render_problem(Problem("missing-required", form), "sv")
    effect = render_problem(Problem("missing-required", at(1, "outcomes.falls.effect.value")), "en")
    assert "Example: {estimate: 0.77, ci: [0.71, 0.83]}." in effect


def test_names_of_sibling_keys_are_put_into_words():
    one_sided = Problem("one-sided-interval", at(5), {"given": "low", "missing": "high"})
    assert "Belopp har ”Lågt” (low) men saknar ”Högt” (high)." in render_problem(one_sided, "sv")
    form = Place(sheet="Kostnader och finansiering", cell="F9", path="costs.0.amount")
    assert "Belopp har ”Lågt” men saknar ”Högt”." in render_problem(replace(one_sided, place=form), "sv")
    transfer = Problem(
        "transfer-without-payee", at(5, "outcomes.a.consequences.0.kind"), {"consequence": "Stöd", "missing": "payee"}
    )
    assert "Stöd är ett bidrag men saknar ”Part som får bidraget” (payee)." in render_problem(transfer, "sv")


def test_all_problems_come_sorted_by_place_with_their_count():
    problems = [Problem("not-a-number", at(line), {"value": str(line)}) for line in (9, 2, 5)]
    text = render_all(problems, "sv")
    assert [text.index(f"”{line}”") for line in (2, 5, 9)] == sorted(text.index(f"”{line}”") for line in (2, 5, 9))
    assert text.endswith("\n\n3 fel att rätta. Inget har räknats.")
    assert render_all(problems[:1], "en").endswith("One error to correct. Nothing has been computed.")


def test_only_warnings():
    problem = Problem("missing-source", at(1), level="warning")
    assert render_all([problem, problem], "sv").endswith("2 varningar. Kalkylen är räknad.")
    assert render_all([], "sv") == ""


@pytest.mark.parametrize(("n", "last"), [(51, "… och ett till."), (60, "… och 10 till.")])
def test_after_fifty_the_rest_is_counted(n, last):
    text = render_all([Problem("not-a-number", at(line), {"value": line}) for line in range(1, n + 1)], "sv")
    assert text.count("Gör så här") == 50
    assert f"{last} Rätta de första och kör igen." in text
    assert text.endswith(f"{n} fel att rätta. Inget har räknats.")


def test_blocks_can_be_wrapped():
    text = render_problem(Problem("missing-required", at(1, "costs.0.actor")), "sv", width=40)
    assert all(len(line) <= 40 for line in text.splitlines()[1:])
    assert all(line.startswith("  ") for line in text.splitlines()[1:])


def test_an_unknown_code_is_an_error_and_not_a_text():
    with pytest.raises(KeyError):
        render_problem(Problem("no-such-code"), "sv")
    with pytest.raises(KeyError):
        render_warning("no-such-code", {}, "sv")


def test_warnings_of_a_result():
    assert render_warning("old-price", {"name": "Fall", "year": 2012}, "sv") == (
        "Priset för fall är från 2012. Uppräkning med index fångar inte ändrat arbetssätt."
    )
    assert render_warning("assumed-price-range", {"n": 2}, "sv").startswith("Två priser har antagen")
    mismatch = {"payer": "arbetsgivare", "cost": 2e6, "back": 3e5, "winner": "kommun", "money2": 1.25e6}
    sharing = {"sharing": ("arbetsgivare", "kommun")}
    assert render_warning("payer-mismatch", mismatch | sharing, "en") == (
        f"Employers pay SEK{N}2.0{N}million but get back SEK{N}300,000. The municipality gets SEK{N}1.3{N}million. "
        "Agree on how the cost is shared between employers and the municipality."
    )
    health = mismatch | {"back": None, "winner": "individ", "money2": None, "health2": 5e5}
    assert render_warning("payer-mismatch", health, "sv") == (
        f"Arbetsgivare betalar 2,0{N}mkr. Individen får hälsa värd 500{N}000{N}kr."
    )
    partly = mismatch | {"winner": "individ", "part2": 5e5}
    assert render_warning("payer-mismatch", partly, "sv").endswith(
        f"Individen får 1,3{N}mkr, varav 500{N}000{N}kr är hälsa, värderad i kronor."
    )
    null = {"measure": "bcr", "perspective": "region", "reason": "no-cost"}
    assert render_warning("no-result-for-measure", null, "sv") == (
        "Måttet ”nytta per satsad krona” går inte att beräkna för regionen: "
        "det finns ingen kostnad att dela med eller tjäna in."
    )
    per_outcome = {"measure": "cost_per_outcome:falls", "perspective": "societal", "reason": "dominates"}
    assert render_warning("no-result-for-measure", per_outcome, "en").startswith("The net cost per outcome cannot be")


@pytest.mark.parametrize(
    ("path", "given", "value", "sv"),
    [
        ("costs.0.funder", "funding", "grant", "(funding) är ”Sociala investeringsmedel”"),
        ("outcomes.falls.fades.rate", "shape", "exponential", "(shape) är ”Lika stor andel varje år”"),
        ("participants.0.age", "survival", "sweden", "(survival) är ”Svensk livslängdstabell”"),
        ("outcomes.falls.effect.sd", "level", "rate", "(level) är ”Antal händelser per person och år”"),
    ],
)
def test_what_was_chosen_for_a_sibling_is_put_into_words(path: str, given: str, value: str, sv: str) -> None:
    problem = Problem("required-here", at(5, path), {"given": given, "value": value})
    assert f"{sv} ({value})." in render_problem(problem, "sv")
    form = render_problem(replace(problem, place=Place(sheet="Kostnader", cell="D4", path=path)), "sv")
    assert f"{sv.removeprefix(f'({given}) ')}." in form
    assert f"({value})" not in form and given not in form


def test_what_is_no_choice_of_a_list_keeps_its_word() -> None:
    for value, sv in (("open", "(holds) är ”Så länge kalkylen räknas” (open)."), ("tolv", "(holds) är ”tolv”.")):
        holds = Problem("not-used-here", at(5, "outcomes.falls.fades"), {"given": "holds", "value": value})
        assert sv in render_problem(holds, "sv")
