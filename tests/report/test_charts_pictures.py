"""What the charts show: the appraisal's own figures, every word on the sheet and on nothing else, the same bytes."""

from __future__ import annotations

import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from socio_calc.appraisal import Appraisal, appraise, load
from socio_calc.case import Case
from socio_calc.locale import money
from socio_calc.report.charts import Chart, draw_charts, write_charts
from socio_calc.report.charts.style import ACTOR_COLOURS, drawing_style, on_colour
from socio_calc.report.files import OutputError
from tests.report.chart_cases import CASES, appraised, cost, gain
from tests.strategies import cases

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text
    from matplotlib.transforms import Bbox

HOSTILE = r"$x^2$ & <b>_fet_</b> \frac{1}{2} ]]> --> 100 % å漢"
NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def appraisals(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Appraisal]:
    folder = tmp_path_factory.mktemp("charts")
    return {name: appraised(changes, folder) for name, changes in CASES.items()}


def charts_of(appraisal: Appraisal, lang: str = "sv") -> dict[str, Chart]:
    return {chart.name: chart for chart in draw_charts(appraisal, "sv" if lang == "sv" else "en")}


def figure_of(chart: Chart) -> Figure:
    with drawing_style(chart.name):
        return chart.draw()


def words_on(figure: Figure) -> list[tuple[Text, Bbox]]:
    """Return every text that a reader sees with the box around it, in dots."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    renderer = FigureCanvasAgg(figure).get_renderer()
    figure.draw(renderer)
    texts = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [(text, text.get_window_extent(renderer)) for text in texts]


def assert_readable(chart: Chart) -> None:
    """Hold that no text leaves the sheet and no two cover each other."""
    with drawing_style(chart.name):
        figure = chart.draw()
        words = words_on(figure)
    width, height = figure.get_size_inches() * figure.dpi
    assert words
    for text, box in words:
        inside = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
        assert inside, f"{chart.name}: {text.get_text()!r} leaves the sheet: {box}"
    for (first, box), (second, other) in combinations(words, 2):
        # A hair's breadth of touching boxes is white space between letters.
        across = min(box.x1, other.x1) - max(box.x0, other.x0)
        along = min(box.y1, other.y1) - max(box.y0, other.y0)
        covered = across > 2 and along > 4
        assert not covered, f"{chart.name}: {first.get_text()!r} covers {second.get_text()!r}"


# --- layout -----------------------------------------------------------------------------------------------------------


# English figures are wider; these cases have the most of them.
WIDE = ("unsure", "harm", "only-costs", "all-actors", "forty-years")


@pytest.mark.parametrize(("case", "lang"), [(case, "sv") for case in CASES] + [(case, "en") for case in WIDE])
def test_every_word_is_on_the_sheet_and_alone(appraisals: dict[str, Appraisal], case: str, lang: str) -> None:
    for chart in charts_of(appraisals[case], lang).values():
        assert_readable(chart)


@settings(max_examples=12)
@given(case=cases(max_years=40))
def test_any_case_can_be_drawn(case: Case) -> None:
    for chart in charts_of(appraise(case, draws=64)).values():
        assert_readable(chart)


@pytest.mark.parametrize("scale", [1e-4, 1e4])
def test_small_and_large_amounts_have_room(tmp_path: Path, scale: float) -> None:
    costs = [item | {"amount": 4e6 * scale} for item in CASES["unsure"]["costs"]]
    outcomes = [dict(item) for item in CASES["unsure"]["outcomes"]]
    for outcome in outcomes:
        outcome["consequences"] = [line | {"price": line["price"] * scale} for line in outcome["consequences"]]
    appraisal = appraised({"costs": costs, "outcomes": outcomes}, tmp_path)
    for lang in ("sv", "en"):
        for chart in charts_of(appraisal, lang).values():
            assert_readable(chart)


@pytest.mark.parametrize("title", ["Samverkan " * 40, "A" * 400, HOSTILE])
def test_a_long_or_hostile_name_wraps_and_stays_on_the_sheet(tmp_path: Path, title: str) -> None:
    for chart in charts_of(appraised(CASES["forty-years"] | {"title": title.strip()}, tmp_path), "en").values():
        assert_readable(chart)


def test_markup_in_a_name_is_shown_as_it_is_written(tmp_path: Path) -> None:
    for chart in charts_of(appraised(CASES["sure"] | {"title": HOSTILE}, tmp_path)).values():
        shown = "\n".join(text.get_text() for text, _ in words_on(figure_of(chart)))
        assert r"$x^2$ & <b>_fet_</b> \frac{1}{2} ]]> --> 100 % å" in shown.replace("\n", " ")
        assert "漢" not in shown and "\N{REPLACEMENT CHARACTER}" in shown
        assert not any(text.get_parse_math() for text, _ in words_on(figure_of(chart)))
        ElementTree.fromstring(chart.svg)  # noqa: S314 - our own bytes


# --- figures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", ["all-actors", "forty-years", "harm", "net-saving", "never"])
def test_the_bars_add_up_to_the_net_present_value(appraisals: dict[str, Appraisal], case: str) -> None:
    from matplotlib.patches import Rectangle

    appraisal = appraisals[case]
    axes = figure_of(charts_of(appraisal)["by-year"]).axes[0]
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    assert sum(bar.get_height() for bar in bars) == pytest.approx(appraisal.base("npv"))
    granted = sum(bar.get_height() for bar in bars if bar.get_hatch())
    assert -granted == pytest.approx(appraisal.grant_pv)

    steps = figure_of(charts_of(appraisal)["waterfall"]).axes[0].patches
    widths = [patch.get_width() for patch in steps if isinstance(patch, Rectangle)]
    assert widths[0] == pytest.approx(-appraisal.base("pv_costs"))
    assert widths[1:-1] == pytest.approx([row.effects for row in appraisal.payers() if row.effects])
    assert sum(widths[:-1]) == pytest.approx(widths[-1]) == pytest.approx(appraisal.base("npv"))


def test_equally_high_bars_carry_equally_many_letters(tmp_path: Path) -> None:
    """Fifteen years of the same costs and gains: a letter in each bar, though not every year is named on the axis."""
    changes = {
        "horizons": [15],
        "costs": [cost("kommun", 1e6, range(15)), cost("region", 9e5, range(15), funding="grant", funder="region")],
        "outcomes": [gain("individ", 2e6)],
    }
    axes = figure_of(charts_of(appraised(changes, tmp_path))["by-year"]).axes[0]
    letters = [text.get_text() for text in axes.texts]
    assert len(axes.get_xticks()) < 15
    assert [letters.count(letter) for letter in "KRI"] == [15, 15, 15]


@pytest.mark.parametrize("case", ["harm", "all-actors", "later"])
def test_no_figure_of_the_key_breaks_inside(appraisals: dict[str, Appraisal], case: str) -> None:
    """A line that is too wide breaks before its amount, not in the middle of a word."""
    appraisal = appraisals[case]
    figure = figure_of(charts_of(appraisal, "en")["by-year"])
    said = "\n".join(text.get_text() for text, _ in words_on(figure)).replace("\n", " ")
    for row in appraisal.payers():
        for amount in filter(None, (row.cost, row.effects)):
            assert money(abs(amount), "en", unit="million") in said


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_both_sides_of_zero_are_named_however_small_one_is(tmp_path: Path, lang: str) -> None:
    changes = {"costs": [cost("kommun", 9e6)], "outcomes": [gain("region", 2e5)]}
    said = [
        text.get_text() for text, _ in words_on(figure_of(charts_of(appraised(changes, tmp_path), lang)["by-year"]))
    ]
    for word in {"sv": ("betalar", "får"), "en": ("pays", "gets")}[lang]:
        assert word in said


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_a_waterfall_has_no_empty_room_at_its_end(tmp_path: Path, lang: str) -> None:
    """Small gains after a large cost have their amounts inside the picture: its axis ends at zero."""
    changes = {"costs": [cost("kommun", 9e6)], "outcomes": [gain("region", 2e5), gain("individ", 1e5)]}
    chart = charts_of(appraised(changes, tmp_path), lang)["waterfall"]
    assert_readable(chart)
    axes = figure_of(chart).axes[0]
    low, high = axes.get_xlim()
    assert 0.0 < high < 0.05 * (high - low)
    assert max(axes.get_xticks()) == 0.0


def test_a_letter_is_not_left_out_for_a_hair(tmp_path: Path) -> None:
    """What the region pays falls a little from year to year, across the height that a letter needs."""
    counts = set()
    for size in np.linspace(7e4, 1.4e5, 15):
        falling = [cost("region", float(size) - 1e3 * year, [year]) for year in range(5)]
        changes = {"costs": [cost("kommun", 1.85e6, range(5)), *falling], "outcomes": []}
        axes = figure_of(charts_of(appraised(changes, tmp_path, draws=64))["by-year"]).axes[0]
        counts.add([text.get_text() for text in axes.texts].count("R"))
    assert counts == {0, 5}


def test_a_thin_slice_covers_no_edge_and_can_be_seen(tmp_path: Path) -> None:
    from matplotlib.patches import Rectangle

    changes = {
        "costs": [cost("region", 2e6, funding="grant", funder="region"), cost("individ", 1e4)],
        "outcomes": [gain("stat", 1e5)],
    }
    axes = figure_of(charts_of(appraised(changes, tmp_path))["by-year"]).axes[0]
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    (granted,) = (bar for bar in bars if bar.get_hatch())
    (thin,) = (bar for bar in bars if bar.get_height() == pytest.approx(-1e4))
    assert thin.get_linewidth() == 0.0 < granted.get_linewidth()
    assert thin.get_zorder() < granted.get_zorder()
    bottom, top = axes.get_ylim()
    assert bottom < min(bar.get_y() + min(bar.get_height(), 0.0) for bar in bars) < 0 < top


def test_the_grant_is_part_of_what_its_funder_pays(appraisals: dict[str, Appraisal]) -> None:
    appraisal = appraisals["all-actors"]
    assert appraisal.grant_by_year["region"].sum() == pytest.approx(-appraisal.grant_pv)
    assert not appraisal.grant_by_year["kommun"].any()
    assert (appraisal.grant_by_year["region"] >= appraisal.costs_by_year["region"]).all()


def test_the_lines_are_the_bands_of_the_appraisal(appraisals: dict[str, Appraisal]) -> None:
    appraisal = appraisals["unsure"]
    bands = appraisal.bands()
    axes = figure_of(charts_of(appraisal)["cumulative"]).axes[0]
    courses = [np.asarray(line.get_ydata(), dtype=float) for line in axes.lines if len(line.get_xdata()) == 5]
    for course in (bands.p50, bands.base):
        assert any(np.array_equal(course, drawn) for drawn in courses)
    edges = [collection.get_paths()[0].vertices[:, 1] for collection in axes.collections]
    for low, high, drawn in ((bands.p5, bands.p95, edges[0]), (bands.p25, bands.p75, edges[1])):
        assert (drawn.min(), drawn.max()) == pytest.approx((low.min(), high.max()))


def bars_of(axes: Axes) -> list[tuple[tuple[float, float], float]]:
    """Return the edges and the height of every bar of a distribution."""
    shapes = [path.get_extents() for each in axes.collections if not each.get_hatch() for path in each.get_paths()]
    return [((shape.x0, shape.x1), shape.y1) for shape in shapes]


def test_the_bars_of_the_distribution_are_its_shares(appraisals: dict[str, Appraisal]) -> None:
    appraisal = appraisals["unsure"]
    net = appraisal.net_draws()
    axes = figure_of(charts_of(appraisal)["distribution"]).axes[0]
    bars = bars_of(axes)
    assert 0.99 <= sum(bar[1] for bar in bars) <= 1.0
    for (left, right), height in bars:
        assert height == pytest.approx(np.mean((net >= left) & (net < right)), abs=2 / net.size)
    (hatched,) = [each.get_paths()[0].get_extents() for each in axes.collections if each.get_hatch()]
    assert (hatched.x0, hatched.x1) == pytest.approx((min(edges[0] for edges, _ in bars), 0.0), abs=1e-6)


@pytest.mark.parametrize(("case", "side"), [("rarely-gain", 1), ("rarely-loss", -1)])
def test_the_distribution_shows_both_sides_of_zero(appraisals: dict[str, Appraisal], case: str, side: int) -> None:
    """Of few results on one side of zero most are on the picture, where half a per cent at each end is left out."""
    net = side * appraisals[case].net_draws()
    few = float(np.mean(net > 0))
    assert 0 < few < 0.02
    axes = figure_of(charts_of(appraisals[case])["distribution"]).axes[0]
    heights = [height for edges, height in bars_of(axes) if side * sum(edges) > 0]
    assert 0.7 * few < sum(heights) <= few + 1e-12


def test_a_far_result_does_not_squeeze_the_others() -> None:
    from socio_calc.report.charts.distribution import _edges

    near = np.linspace(-1.2e6, -0.8e6, 10_000)
    edges = _edges(np.append(near, [1e5, 2e9]))
    assert edges[0] <= -1.19e6
    assert 1e5 <= edges[-1] < 1e6


def test_labels_stand_beside_the_picture_not_among_the_years(tmp_path: Path) -> None:
    """A sure loss puts all labels at the lower end of the axis."""
    case = {"costs": [cost("kommun", {"low": 9e5, "mode": 1e6, "high": 1.1e6}, [0, 1, 2, 3, 4])], "outcomes": []}
    figure = figure_of(charts_of(appraised(case, tmp_path))["cumulative"])
    low = figure.axes[0].get_position().y0 * figure.get_size_inches()[1] * figure.dpi
    labels = [box for text, box in words_on(figure) if re.match("grundkalkyl|median|hälften|9 av 10", text.get_text())]
    assert len(labels) == 4
    assert all(box.y0 > low - 10 for box in labels)


@pytest.mark.parametrize("scale", [1e-1, 1.0])
def test_amounts_along_the_axis_have_air_between_them(tmp_path: Path, scale: float) -> None:
    """The two largest units of an axis: kronor in hundreds of thousands, and millions."""
    outcomes = [gain("kommun", 1e6 * scale, effect={"low": 0.0, "mode": 0.1, "high": 0.5})]
    appraisal = appraised({"costs": [cost("kommun", 9.1e6 * scale)], "outcomes": outcomes}, tmp_path)
    figure = figure_of(charts_of(appraisal)["distribution"])
    texts = {text.get_text() for text in figure.axes[0].get_xticklabels()}
    ticks = sorted((box.x0, box.x1) for text, box in words_on(figure) if text.get_text() in texts)
    assert len(ticks) >= 2
    for (_, end), (begin, _) in pairwise(ticks):
        assert begin - end > 0.1 * figure.dpi


def test_an_actor_has_one_colour_in_every_chart(appraisals: dict[str, Appraisal]) -> None:
    from matplotlib.colors import to_hex

    assert len(set(ACTOR_COLOURS.values())) == len(ACTOR_COLOURS)
    charts = charts_of(appraisals["all-actors"])
    for name in ("waterfall", "by-year"):
        drawn = {to_hex(patch.get_facecolor()).upper() for patch in figure_of(charts[name]).axes[0].patches}
        assert {colour.upper() for colour in ACTOR_COLOURS.values()} <= drawn


def test_letters_can_be_read_on_every_colour() -> None:
    def luminance(colour: str) -> float:
        parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(linear @ [0.2126, 0.7152, 0.0722])

    for colour in ACTOR_COLOURS.values():
        light, dark = sorted((luminance(colour), luminance(on_colour(colour))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("lang", ["sv", "en"])
def test_letters_tell_actors_apart(appraisals: dict[str, Appraisal], lang: str) -> None:
    words = [text.get_text() for text, _ in words_on(figure_of(charts_of(appraisals["all-actors"], lang)["by-year"]))]
    assert len({word for word in words if len(word) == 1 and word.isalpha()}) == len(ACTOR_COLOURS)


# --- files ------------------------------------------------------------------------------------------------------------


def test_the_same_case_gives_the_same_bytes_whatever_the_users_settings(tmp_path: Path) -> None:
    import matplotlib

    first = draw_charts(appraised(CASES["unsure"], tmp_path))
    before = [(chart.png, chart.svg) for chart in first]
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "red", "svg.fonttype": "none", "svg.hashsalt": "x"}):
        own = dict(matplotlib.rcParams)
        again = draw_charts(appraised(CASES["unsure"], tmp_path))
        # The other format first: no picture depends on one drawn before.
        after = [(chart.svg, chart.png)[::-1] for chart in again]
        assert dict(matplotlib.rcParams) == own
    assert before == after


def test_png_files_tell_nothing_but_the_picture(appraisals: dict[str, Appraisal]) -> None:
    png = charts_of(appraisals["sure"])["waterfall"].png
    at, kinds = 8, set()
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        kinds.add(kind)
        at += size + 12
    assert kinds == {b"IHDR", b"pHYs", b"IDAT", b"IEND"}


def test_svg_files_carry_their_words_and_can_share_a_page(appraisals: dict[str, Appraisal]) -> None:
    seen: list[str] = []
    for chart in draw_charts(appraisals["all-actors"], "en"):
        svg = chart.svg.decode()
        root = ElementTree.fromstring(svg)  # noqa: S314 - our own bytes
        title, description = root.find(f"{NAMESPACE}title"), root.find(f"{NAMESPACE}desc")
        assert title is not None and title.text == chart.title
        assert description is not None and description.text == chart.alt_text
        assert (root.get("role"), root.get("lang")) == ("img", "en")
        assert root.get("aria-labelledby") == title.get("id")
        assert not root.findall(f".//{NAMESPACE}style") and not root.findall(f".//{NAMESPACE}metadata")
        named = [element.get("id") for element in root.iter() if element.get("id")]
        seen += [str(name) for name in named]
        used = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', svg))
        assert {first or second for first, second in used} <= set(named)
    assert len(seen) == len(set(seen))


def test_charts_are_written_together_and_never_over_others(appraisals: dict[str, Appraisal], tmp_path: Path) -> None:
    written = write_charts(appraisals["sure"], tmp_path / "out", "prov", "en")
    names = ("cumulative", "waterfall", "by-year", "distribution")
    assert [path.name for path in written] == [f"prov-{name}.{kind}" for name in names for kind in ("png", "svg")]
    assert all(path.stat().st_size > 1000 for path in written)
    with pytest.raises(OutputError):
        write_charts(appraisals["sure"], tmp_path / "out", "prov", "en")
    assert len(write_charts(appraisals["sure"], tmp_path / "out", "prov", "en", force=True)) == 8


def test_matplotlib_is_imported_only_to_draw_and_pyplot_never() -> None:
    program = (
        "import sys, pathlib, tempfile\n"
        "from socio_calc.report.charts import draw_charts\n"
        "from tests.report.chart_cases import CASES, appraised\n"
        "charts = draw_charts(appraised(CASES['sure'], pathlib.Path(tempfile.mkdtemp()), draws=64))\n"
        "assert 'matplotlib' not in sys.modules\n"
        "[chart.png for chart in charts]\n"
        "assert 'matplotlib' in sys.modules\n"
        "assert not {'matplotlib.pyplot', 'pandas'} & set(sys.modules)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_no_personal_data_in_any_form_of_a_chart(tmp_path: Path) -> None:
    changes = next(iter(CASES.values()))
    appraisal = appraised({**changes, "title": "Till anna.svensson@example.com 811218-9876"}, tmp_path)
    for chart in draw_charts(appraisal, "sv"):
        everything = chart.svg.decode() + chart.title + chart.alt_text
        assert "example.com" not in everything
        assert "811218" not in everything
        assert "<!--" not in everything


def test_health_that_nobody_is_paid_is_called_health_in_the_key_of_the_years() -> None:
    """A picture that is copied by itself has nothing else to say so."""
    said = {}
    for name in ("vgr-foraldrar", "fullfoljda-studier"):
        appraisal = appraise(load(Path("models", f"{name}.yaml")), draws=256)
        figure = figure_of(charts_of(appraisal)["by-year"])
        said[name] = " ".join(text.get_text() for text, _ in words_on(figure)).replace("\u00a0", " ")
    assert "hälsa värd" in said["vgr-foraldrar"]
    assert "hälsa" not in said["fullfoljda-studier"]
