"""The terminal result: the right screen for each result, its words, its figures, and what fits on one screen."""

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from babel.messages.pofile import read_po

import socio_calc.locale
from socio_calc.locale import texts
from socio_calc.report.screen import MOST_COLUMNS, MOST_LINES, screen, screen_lines, styled
from socio_calc.report.screen_facts import Facts
from socio_calc.report.screen_notes import _ORDER, _SAID_ELSEWHERE
from socio_calc.report.screen_variants import LIMITS, choose_variant
from tests.report.document.document_cases import analysed
from tests.report.screen_cases import CASES, appraised, case_text

N = "\u00a0"
LOCALE = Path(socio_calc.locale.__file__).parent
ALL_COMMANDS = ("run", "evidence", "sensitivity", "check", "explain")
HERE = {"case_file": "starkare-steg.yaml", "commands": ALL_COMMANDS}

VARIANTS = {
    "clear_gain": "clear_gain",
    "early": "clear_gain",
    "split": "split",
    "split_uncertain": "split",
    "split_individ": "split",
    "uncertain_gain": "uncertain_gain",
    "very_uncertain_gain": "uncertain_gain",
    "near_zero": "near_zero",
    "signs_differ": "near_zero",
    "uncertain_loss": "uncertain_loss",
    "clear_loss": "clear_loss",
    "no_better": "clear_loss",
    "unsupported": "not_responsible",
    "clipped": "not_responsible",
    "people": "clear_gain",
    "certain": "clear_gain",
    "small": "clear_gain",
    "one_year": "clear_gain",
    "saving": "clear_gain",
    "only_costs": "only_costs",
}


@pytest.fixture(scope="module")
def appraisals(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cases")
    return {name: appraised(folder, name) for name in VARIANTS}


def plain(appraisal, lang="sv", width=80, **around):
    """Return the screen with ordinary spaces in the place of non-breaking ones, and the end of its last line."""
    return screen(appraisal, lang, width, **HERE | around).replace(N, " ") + "\n"


def flowing(text):
    """Undo the wrapping, to look for sentences."""
    return " ".join(text.split())


def test_every_case_has_its_variant(appraisals):
    assert set(VARIANTS) == {*CASES, "only_costs"}
    assert {name: choose_variant(Facts(a, "sv")) for name, a in appraisals.items()} == VARIANTS


@pytest.mark.parametrize(
    ("name", "sv", "en"),
    [
        (
            "clear_gain",
            "Nyttan väntas bli 1,0 mkr större än kostnaden på 5 år, om antagandena håller. Insatsen kostar 1,0 mkr och "
            "väntas ge 2,0 mkr i nytta för hela samhället. Resultatet är positivt i minst 99 av 100 omräkningar. "
            "Nettonuvärde",
            "Gains are expected to exceed costs by SEK 1.0 million over 5 years if the assumptions hold. The "
            "intervention costs SEK 1.0 million and is expected to give SEK 2.0 million in gains to society as a "
            "whole. The result is positive in at least 99 of 100 recalculations. Net present value",
        ),
        (
            "early",
            "Insatsen går jämnt upp redan år 1 (2025). Resultatet är positivt, men effekten är inte mätt mot en "
            "jämförelsegrupp.",
            "It breaks even as early as year 1 (2025). The result is positive, but the effect has not been measured "
            "against a comparison group.",
        ),
        (
            "uncertain_gain",
            "Nyttan väntas bli 0,3 mkr större än kostnaden på 5 år, men det är inte säkert. Resultatet är positivt i "
            "ungefär 7 av 10 omräkningar. Det mesta av osäkerheten kommer från effekten på fall som kräver vård.",
            "Gains are expected to exceed costs by SEK 0.3 million over 5 years, but this is not certain. The result "
            "is positive in about 7 of 10 recalculations. Most of the uncertainty comes from the effect on",
        ),
        (
            "very_uncertain_gain",
            "Nyttan kan bli 0,1 mkr större än kostnaden på 5 år, men resultatet är mycket osäkert. Det är positivt i "
            "ungefär 6 av 10 omräkningar. Räkna inte med pengarna i budgeten. Följ upp effekten på fall",
            "Gains may exceed costs by SEK 0.1 million over 5 years, but the result is very uncertain.",
        ),
        (
            "near_zero",
            "Nyttan och kostnaden väntas bli ungefär lika stora på 5 år (+25 000 kr). Insatsen kostar 1,0 mkr och "
            "väntas ge 1,0 mkr i nytta. Då avgör det som inte är värderat i kronor",
            "Gains and costs are expected to be about equal over 5 years (+SEK 25,000).",
        ),
        (
            "signs_differ",
            "Kalkylen ger inget entydigt svar på 5 år. I grundkalkylen blir resultatet +0,2 mkr, men i genomsnitt över "
            "alla omräkningar −0,1 mkr. Skillnaden beror på sned osäkerhet, mest i effekten på fall",
            "The calculation gives no clear answer for 5 years. The base case gives +SEK 0.2 million, but the average "
            "of all recalculations is −SEK 0.1 million.",
        ),
        (
            "split",
            "För hela samhället väntas nyttan bli 1,0 mkr större än kostnaden på 5 år, och det är ganska säkert. "
            "Resultatet är ojämnt fördelat: kommunen väntas förlora 1,0 mkr och regionen väntas vinna 2,0 mkr.",
            "and this is fairly certain. The result is unevenly shared: the municipality is expected to lose SEK 1.0 "
            "million and the region to gain SEK 2.0 million.",
        ),
        ("split_uncertain", "på 5 år, men det är inte säkert.", "over 5 years, but this is not certain."),
        (
            "split_individ",
            "Individen vinner mest, och den nyttan syns inte i någon parts budget.",
            "The individual gains most, and that gain appears in no party's budget.",
        ),
        (
            "clear_loss",
            "Kostnaden väntas bli 0,7 mkr större än den nytta som går att räkna i kronor på 5 år. Insatsen kostar 1,0 "
            "mkr och väntas ge 0,3 mkr i nytta. Resultatet är positivt i högst 1 av 100 omräkningar. Det betyder inte "
            "att insatsen är dålig. Utfallet ”Fall som kräver vård” väntas bli 50 händelser per 100 deltagare i "
            "stället för 100, det första året med effekt. Nettokostnaden är 14 000 kr (12 000–16 000 kr) för varje "
            "undviken händelse. Allt är inte värderat.",
            "That does not mean that the intervention is bad. The outcome “Fall som kräver vård” is expected to be 50 "
            "events per 100 participants instead of 100, in the first year of the effect. The net cost is SEK 14,000 "
            "(SEK 12,000–16,000) for each event avoided. Not everything has been valued.",
        ),
        (
            "no_better",
            "Insatsen kostar 1,0 mkr och väntas dessutom öka kostnaderna med 0,4 mkr. Resultatet är positivt i högst 1 "
            "av 100 omräkningar. Det betyder inte att insatsen är dålig. Inget utfall blir heller bättre.",
            "is expected to add further costs of SEK 0.4 million.",
        ),
        (
            "uncertain_loss",
            "Kostnaden väntas bli 0,1 mkr större än den nytta som går att räkna i kronor på 5 år, men det är osäkert. "
            "Resultatet är positivt i ungefär 3 av 10 omräkningar. Det avgörande är effekten på fall som kräver vård.",
            "but this is uncertain. The result is positive in about 3 of 10 recalculations. What decides is the effect",
        ),
        (
            "unsupported",
            "Den här kalkylen är för osäker för att ge ett resultat i kronor. Det mesta av nyttan bygger på en "
            "bedömning utan källa (fall som kräver vård). Därför visas i stället vad som måste vara sant för att "
            "nyttan ska bli lika stor som kostnaden. Insatsen går jämnt upp om utfallet ”Fall som kräver vård” går "
            "från 100 till högst 75 händelser per 100 deltagare det första året med effekt (antaget: 50). Det kan en "
            "uppföljning pröva: mät fall som kräver vård hos deltagarna och i en jämförelsegrupp. Vem betalar",
            "This calculation is too uncertain to give a result in money. Most of the gains rest on a judgement "
            "without a source (“Fall som kräver vård”). It therefore shows what must be true for gains to equal costs.",
        ),
        (
            "clipped",
            "Effekten på fall som kräver vård hamnar utanför det möjliga i 35 % av omräkningarna.",
            "falls outside what is possible in 35% of the recalculations.",
        ),
        (
            "only_costs",
            "Kalkylen innehåller bara kostnader: 1,0 mkr på 5 år. Lägg till minst ett utfall med en konsekvens, så "
            "syns även nyttan. Finns ingen nytta som går att prissätta, redovisa utfallet utan pris. Kostnad (nuvärde)",
            "The calculation contains only costs: SEK 1.0 million over 5 years.",
        ),
        (
            "saving",
            "Insatsen kostar 400 000 kr mindre än det den ersätter och väntas ge 200 000 kr i nytta för hela "
            "samhället.",
            "The intervention costs SEK 400,000 less than what it replaces and is expected to give SEK 200,000 in "
            "gains",
        ),
    ],
)
def test_openings(appraisals, name, sv, en):
    assert sv in flowing(plain(appraisals[name], "sv"))
    assert en in flowing(plain(appraisals[name], "en"))


SPLIT_SV = """\
Starkare steg
5 år från 2025 · 2024 års priser · kalkylränta 3,5 % · 512 omräkningar
belopp i början av året · mkr = miljoner kronor
────────────────────────────────────────────────────────────────────────────────
För hela samhället väntas nyttan bli 0,3 mkr större än kostnaden på 5 år, men
det är inte säkert. Resultatet är ojämnt fördelat: kommunen väntas förlora
1,0 mkr och regionen väntas vinna 1,3 mkr.

  Nettonuvärde                     +0,3 mkr     troligen −0,5 till +0,8
  Nyttan är större än kostnaden    i 7 av 10    74 % av omräkningarna
  Går jämnt upp                    år 1         2025
  Omräkning = kalkylen med andra rimliga värden. Troligen = 9 av 10 av dem.

Vem betalar och vem vinner (nuvärde, mkr)
  Part              Betalar    Får    Netto    Jämnt upp
  Kommunen              1,0      0     −1,0            –
  Regionen                0    1,3     +1,3            –
  Hela samhället        1,0    1,3     +0,3         år 1

Det här måste stämma
  Insatsen går jämnt upp om minst 78 % av de antagna effekterna uppnås.
  Utfallet ”Fall som kräver vård” behöver gå från 100 till högst 68 händelser
  per 100 deltagare det första året med effekt (antaget: 60).
  Kom överens om hur kostnaden delas mellan kommunen och regionen innan ni
  börjar.

Inte värderat i kronor: minskad ensamhet, anhörigas oro.

Bra att veta
  • Startkostnaden fördelas på få deltagare. Kostnaden per deltagare blir lägre
    i ordinarie drift.

En kalkyl är ett av flera underlag. Läs den tillsammans med behovet, evidensen
och det som inte är värderat.
Nästa steg: socio-calc run starkare-steg.yaml --out rapport
"""

SPLIT_EN = """\
Starkare steg
5 years from 2025 · 2024 prices · discount rate 3.5% · 512 recalculations
amounts at the start of the year
────────────────────────────────────────────────────────────────────────────────
For society as a whole gains are expected to exceed costs by SEK 0.3 million
over 5 years, but this is not certain. The result is unevenly shared: the
municipality is expected to lose SEK 1.0 million and the region to gain
SEK 1.3 million.

  Net present value     +SEK 0.3 million    probably −0.5 to +0.8
  Gains exceed costs    in 7 of 10          74% of the recalculations
  Breaks even           year 1              2025
  Recalculation = with other reasonable values. Probably = 9 of 10 of them.

Who pays and who gains (present value, SEK million)
  Party                 Pays    Gets     Net    Breaks even
  Municipality           1.0       0    −1.0              –
  Region                   0     1.3    +1.3              –
  Society as a whole     1.0     1.3    +0.3         year 1

This must hold
  It breaks even if at least 78% of the assumed effects are achieved.
  The outcome “Fall som kräver vård” must go from 100 to at most 68 events per
  100 participants in the first year of the effect (assumed: 60).
  Agree on how the cost is shared between the municipality and the region before
  you start.

Not valued in money: minskad ensamhet, anhörigas oro.

Worth knowing
  • The start-up cost is spread over few participants. The cost per participant
    becomes lower in ordinary operation.

A calculation is one basis among several. Read it together with the need, the
evidence and what has not been valued.
Next: socio-calc run starkare-steg.yaml --out report
"""


@pytest.mark.parametrize(("lang", "expected"), [("sv", SPLIT_SV), ("en", SPLIT_EN)])
def test_one_whole_screen(appraisals, lang, expected):
    shown = plain(appraisals["split_uncertain"], lang)
    assert shown.startswith(expected)
    stamp = shown.removeprefix(expected)
    assert re.fullmatch(r"Version \S+ · (referensbas|reference base) [0-9a-f]{8} · (frö|seed) 1\n", stamp)


@pytest.mark.parametrize("lang", ["sv", "en"])
@pytest.mark.parametrize("width", [40, 47, 60, 79, 80, 200])
@pytest.mark.parametrize("name", VARIANTS)
def test_width_and_height(appraisals, name, width, lang):
    lines = screen(appraisals[name], lang, width, case_file="a.yaml").splitlines()
    assert max(map(len, lines)) <= min(width, MOST_COLUMNS)
    if width >= MOST_COLUMNS:
        assert len(lines) <= MOST_LINES
    text = "\n".join(lines)
    assert re.findall(r"[{}]|\[\[|\bNone\b|\bnan\b|\binf\b|\u22120 ", text) == []
    assert all(line == line.rstrip() for line in lines)


def figures(text, lang):
    """Return every figure as it would be typed, in order of size: the order of words differs between languages."""
    point, group = (",", N) if lang == "sv" else (".", ",")
    found = re.findall(rf"\d+(?:{re.escape(group)}\d{{3}})*(?:{re.escape(point)}\d+)?", text)
    return sorted(figure.replace(group, "").replace(point, ".") for figure in found)


@pytest.mark.parametrize("name", VARIANTS)
def test_both_languages_show_the_same_figures(appraisals, name):
    # Without the stamp, whose version is no figure of the result.
    screens = {lang: screen(appraisals[name], lang, **HERE).rpartition("Version")[0] for lang in ("sv", "en")}
    shown = [figures(text, lang) for lang, text in screens.items()]
    assert shown[0] == shown[1]


def test_the_result_in_money_is_not_shown_when_it_is_not_responsible(appraisals):
    for name in ("unsupported", "clipped"):
        shown = plain(appraisals[name])
        assert "Nettonuvärde" not in shown
        assert "Vem betalar (nuvärde, mkr)" in shown
        assert "Får" not in shown


def test_a_calculation_without_uncertainty_claims_no_probability(appraisals):
    shown = flowing(plain(appraisals["certain"]))
    assert "Nettonuvärde +1,0 mkr ingen osäkerhet angiven" in shown
    assert "omräkningar." not in shown.partition("Vem betalar")[0]


def test_amounts_below_a_million_are_shown_in_kronor(appraisals):
    shown = plain(appraisals["small"])
    assert "(nuvärde, kr)" in shown
    assert "mkr" not in shown
    assert "Nyttan väntas bli 50 000 kr större" in flowing(shown)
    assert "100 000    150 000    +50 000" in shown


def test_the_number_that_must_succeed(appraisals):
    shown = flowing(plain(appraisals["people"]))
    assert "Utfallet ”Fall som kräver vård” behöver gälla minst 17 fler av 100 deltagare än i ordinarie" in shown
    english = flowing(plain(appraisals["people"], "en"))
    assert "must hold for at least 17 more of 100 participants than under ordinary practice." in english


def test_singular_and_plural(appraisals):
    one = appraisals["one_year"]
    assert "1 year from 2025" in plain(one, "en")
    assert "over 1 year if the assumptions hold" in flowing(plain(one, "en"))
    assert "With 1 participant chance decides much." in flowing(plain(one, "en"))
    assert "5 years from 2025" in plain(appraisals["split"], "en")
    words = texts("en")
    assert words.plural("screen.know.more", 1) == "One more warning is in the report."
    assert words.plural("screen.know.more", 3) == "3 more warnings are in the report."
    said = words.plural("screen.holds.participants.fewer", 1, k=1, outcome="X")
    assert said == "The outcome “X” must hold for at least 1 fewer of 1 participant than under ordinary practice."


def test_what_is_written_and_the_next_command(appraisals):
    case = appraisals["split_uncertain"]
    written = {"case_file": Path("a.yaml"), "files": [Path("ut/a.xlsx"), Path("ut/b.png")]}
    assert "Skrivet: ut/a.xlsx, ut/b.png\n" in plain(case, **written)
    assert "Nästa steg: socio-calc sensitivity a.yaml   (vad som avgör resultatet)\n" in plain(case, **written)
    assert "socio-calc explain" in plain(appraisals["split"], **written)
    assert "socio-calc evidence starkare" in plain(appraisals["only_costs"])
    shown = plain(case, files=[f"ut/{n}.png" for n in range(7)], commands=())
    assert "ut/0.png, ut/1.png, ut/2.png och 4 filer till" in shown
    assert "Nästa steg" not in shown
    assert 'socio-calc run "min kalkyl.yaml" --out rapport' in plain(case, case_file="min kalkyl.yaml")


def test_a_long_command_is_never_broken(appraisals):
    path = "en/mycket/lång/väg/till/en/kalkyl/som/ligger/djupt/ned/i/en/mapp/starkare-steg.yaml"
    shown = plain(appraisals["split"], case_file=path)
    assert f"\nNästa steg:\n  socio-calc run {path} --out rapport\n" in shown


def test_a_hostile_title_and_long_names_do_no_harm(appraisals):
    before = appraisals["clear_gain"]
    outcome = before.case.outcomes[0].model_copy(update={"name": "Fall som kräver vård (" + "x" * 300 + ")"})
    title = "\x1b[31mRöd\x1b[0m \u202etxet " + "mycket " * 60
    case = replace(before, case=before.case.model_copy(update={"title": title, "outcomes": (outcome,)}))
    for width in (40, 80):
        shown = screen(case, "sv", width, case_file="a.yaml")
        assert not {"\x1b", "\u202e"} & set(shown)
        assert max(map(len, shown.splitlines())) <= width
    assert len(plain(case).splitlines()) <= MOST_LINES
    assert "Utfallet ”Fall som kräver vård” behöver gå från" in flowing(plain(case))


def test_everything_at_once_still_fits_one_screen(tmp_path):
    actors = ("kommun", "region", "stat", "individ", "arbetsgivare", "civilsamhalle", "ovriga")
    costs = "".join(f"  - {{name: k{a}, actor: {a}, amount: 500000, basis: total, years: [0]}}\n" for a in actors)
    more = "".join(
        f"      - {{name: v{a}, price: 9000, price_year: 2005, kind: resource_cost, payer: {a}, realisable: 0.5}}\n"
        for a in actors
    )
    text = case_text("clear_loss", funding=", funding: grant, funder: region").replace(
        "outcomes:\n", f"{costs}outcomes:\n"
    )
    text = text.replace("not_valued: [Minskad ensamhet, Anhörigas oro]\n", "") + more
    text += "      - {name: Arbete, price: 90000, kind: production, link: causal, quantity: -1}\n"
    text = text.replace("format: 1\n", "format: 1\nnot_valued: [A lång text om det ena, B, C, D, E, F]\n")
    case = appraised(tmp_path, "everything", text.replace("outcomes:", "outcomes:", 1))
    for lang in ("sv", "en"):
        lines = plain(case, lang).splitlines()
        assert len(lines) <= MOST_LINES
        assert max(map(len, lines)) <= MOST_COLUMNS
    assert "varav utjämning" in plain(case)
    assert [line.split("  ")[1] for line in plain(case).splitlines() if re.match(r"  (Övriga|Hela) samhället", line)]


def test_lines_say_what_they_are(appraisals):
    lines = screen_lines(appraisals["split"], "sv", **HERE)
    text = screen(appraisals["split"], "sv", **HERE)
    assert "\n".join(line.text for line in lines) == text
    assert styled(lines).plain == text
    roles = [line.role for line in lines]
    assert roles[0] == "title"
    assert roles.count("rule") == 1
    assert {line.text for line in lines if line.role == "heading"} == {
        "Vem betalar och vem vinner (nuvärde, mkr)",
        "Det här måste stämma",
        "Bra att veta",
    }
    assert next(line.text for line in lines if line.role == "table_total").startswith("  Hela samhället")


def stand_in(**figures):
    """Only what the choice reads, to stand exactly on the limits."""
    standard = {
        "npv": 100.0,
        "mean": 100.0,
        "error": 0.0,
        "cost": 1000.0,
        "probability": 0.95,
        "has_effects": True,
        "most_clipped": None,
        "unsupported": (),
        "unsupported_share": 0.0,
        "payers": (),
    }
    return SimpleNamespace(**standard | figures)


def party(actor, cost, net):
    return SimpleNamespace(actor=actor, cost=cost, net=net)


@pytest.mark.parametrize(
    ("figures", "variant"),
    [
        ({"has_effects": False, "npv": None}, "only_costs"),
        ({"npv": None}, "not_responsible"),
        ({"most_clipped": ("x", 0.1)}, "clear_gain"),
        ({"most_clipped": ("x", 0.1001)}, "not_responsible"),
        ({"unsupported": ("x",), "unsupported_share": 0.5}, "not_responsible"),
        ({"unsupported": ("x",), "unsupported_share": 0.499}, "clear_gain"),
        ({"npv": 50.0}, "near_zero"),
        ({"npv": 50.1}, "clear_gain"),
        ({"npv": -50.0}, "near_zero"),
        ({"npv": 100.0, "error": 100.0}, "near_zero"),
        ({"npv": 100.0, "mean": -1.0}, "near_zero"),
        ({"probability": 0.9}, "clear_gain"),
        ({"probability": 0.8999}, "uncertain_gain"),
        ({"npv": -100.0, "mean": -100.0, "probability": 0.1}, "clear_loss"),
        ({"npv": -100.0, "mean": -100.0, "probability": 0.1001}, "uncertain_loss"),
        ({"payers": (party("a", 200.0, -100.1), party("b", 0.0, 100.1))}, "split"),
        ({"payers": (party("a", 199.9, -100.1), party("b", 0.0, 100.1))}, "clear_gain"),
        ({"payers": (party("a", 200.0, -100.0), party("b", 0.0, 100.1))}, "clear_gain"),
        ({"payers": (party("a", 200.0, -100.1), party("b", 0.0, 100.0))}, "clear_gain"),
        ({"cost": 0.0, "payers": (party("a", 200.0, -100.1), party("b", 0.0, 100.1))}, "clear_gain"),
    ],
)
def test_the_limits_between_the_screens(figures, variant):
    assert choose_variant(stand_in(**figures)) == variant


def test_the_limits_are_those_of_the_wording():
    assert (LIMITS.sure, LIMITS.fair, LIMITS.surely_not) == (0.9, 0.7, 0.1)
    assert (LIMITS.near_zero_of_cost, LIMITS.own_part_of_cost, LIMITS.unequal_of_cost) == (0.05, 0.2, 0.1)


def test_every_warning_has_its_rank_or_is_said_elsewhere():
    with (LOCALE / "sv" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        keys = [m.id if isinstance(m.id, str) else m.id[0] for m in read_po(file) if m.id]
    codes = {key.split(".")[1] for key in keys if key.startswith("warning.") and key.count(".") == 1}
    assert set(_ORDER) | _SAID_ELSEWHERE == codes
    assert not set(_ORDER) & _SAID_ELSEWHERE


def test_an_effect_that_goes_the_wrong_way_is_said_before_what_is_needed(tmp_path):
    appraisal = appraised(tmp_path, "clear_gain", value="{estimate: 1.5, ci: [1.4, 1.6]}", more=", quantity: -1")
    text = flowing(plain(appraisal, "sv"))
    assert "Kontrollera först effekten på fall som kräver vård." in text
    assert "Fall som kräver vård blir sämre med insatsen: från 500 till 550. Kontrollera effektens tecken" in text
    assert "gånger så stora" not in text
    assert "behöver gälla" not in text


def test_outcomes_without_a_price_are_told_with_their_figures(tmp_path):
    priced = case_text("clear_gain")
    unpriced = priced[: priced.index("    consequences:")]
    text = flowing(plain(appraised(tmp_path, "clear_gain", unpriced), "sv"))
    assert "Det som blir bättre har inget pris i kalkylen." in text
    assert "”Fall som kräver vård” väntas bli 50 händelser per 100 deltagare i stället för 100" in text
    assert "Lägg till minst ett utfall" not in text


def test_the_report_is_named_only_where_it_was_written(appraisals):
    unwritten = flowing(plain(appraisals["clipped"]))
    written = flowing(plain(appraisals["clipped"], files=("out/a.xlsx",)))
    assert "En varning till kommer med i rapporten (--out)." in unwritten
    assert "En varning till står i rapporten." in written


@pytest.mark.parametrize(("lang", "said"), [("sv", "mkr, avrundat var för sig)"), ("en", "rounded individually)")])
def test_the_table_of_parties_tells_rounding_only_where_its_figures_do_not_add_up(appraisals, lang, said, tmp_path):
    told = {}
    for name, appraisal in (appraisals | {"foraldrastod": analysed("foraldrastod", tmp_path).appraisal}).items():
        facts = Facts(appraisal, lang)
        if choose_variant(facts) in ("only_costs", "not_responsible") or facts.unit != "million":
            continue
        rows = [(row.cost, row.effects, row.net) for row in facts.payers]
        rows.append((facts.cost, facts.gain, facts.npv))
        *parties, whole = [[round(amount / 1e5) for amount in row] for row in rows]
        fit = [sum(column) for column in zip(*parties, strict=True)] == whole
        fit = fit and all(gets - pays == net for pays, gets, net in (*parties, whole))
        assert (said in plain(appraisal, lang)) != fit, name
        told[fit] = name
    assert set(told) == {True, False}
