"""Files from strangers: what no case file may do (see the table of hostile input in the reliability notes)."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socio_calc.case import build_case, document, parse_document, read_document
from socio_calc.case.document import MAX_BYTES, MAX_DEPTH, MAX_EVENTS, MAX_ITEMS
from socio_calc.problems import InputError
from tests.case.faulty import RIGHT, changed, codes


def refusal(content):
    with pytest.raises(InputError) as raised:
        build_case(parse_document(content if isinstance(content, bytes) else content.encode(), "case.yaml"))
    return raised.value.problems


def only(content):
    (problem,) = refusal(content)
    return problem


LAUGHS = "a: &a [x, x]\n" + "\n".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]" for n in range(9)
)


@pytest.mark.parametrize(
    ("text", "feature", "line"),
    [
        (LAUGHS, "anchor", 1),
        ("a: *x", "alias", 1),
        ("a: 1\nb: &x 2", "anchor", 2),
        ("a: 1\nb: !!python/object/apply:os.system [ls]", "tag", 2),
        ("a: !!str 1", "tag", 1),
        ("a: !local 1", "tag", 1),
        ("a: ! text", "tag", 1),
        ("!!map {a: 1}", "tag", 1),
        ("%TAG ! tag:example.com,2000:\n---\na: 1", "tag", 1),
        ("a: {<<: {b: 1}}", "merge", 1),
    ],
)
def test_anchors_aliases_tags_and_merges_are_refused_before_anything_is_built(text, feature, line):
    problem = only(text)
    assert (problem.code, problem.params["feature"], problem.place.line) == ("yaml-alias", feature, line)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 30 + "]" * 30,
        "{a: " * 30 + "1" + "}" * 30,
        "\n".join("  " * n + f"k{n}:" for n in range(30)),
        "- " * 30 + "x",
    ],
)
def test_deep_nesting(text):
    problem = only(text)
    assert problem.code == "too-deep"
    assert problem.params["limit"] == MAX_DEPTH


def test_nesting_that_would_exhaust_the_stack_stops_at_the_limit():
    assert only("[" * 300_000).code == "too-deep"


def test_too_many_parts_and_too_long_lists():
    assert only("a: [" + "[1],1," * (MAX_EVENTS // 4 + 1) + "]").code in {"too-many-parts", "too-many-items"}
    assert only("\n".join(f"k{n}: [{{a: 1, b: 2}}]" for n in range(7000))).code == "too-many-parts"
    assert only("a: [" + "1," * (MAX_ITEMS + 1) + "]").code == "too-many-items"


def test_too_large(tmp_path):
    big = tmp_path / "big.yaml"
    big.write_bytes(b"title: " + b"x" * MAX_BYTES)
    with pytest.raises(InputError) as raised:
        read_document(big)
    assert raised.value.problems[0].code == "too-large"
    assert only(b"#" * (MAX_BYTES + 1)).code == "too-large"


def test_one_word_as_long_as_a_file_may_be_is_read():
    assert parse_document(b"title: " + b"x" * (MAX_BYTES - 100), "case.yaml").data["title"].startswith("xxx")


@pytest.mark.parametrize("text", ["a: ._", "._: x", "a: 0x", "a: _", "a: 1__0", "a: 0o9", "a: 2001-99-99"])
def test_words_that_crash_number_and_date_readers_are_text(text):
    data = parse_document(text.encode(), "case.yaml").data
    assert all(isinstance(value, str) for value in data.values())


@pytest.mark.parametrize(
    ("text", "line", "detail"),
    [
        ("a: 1\n\tb: 2", 2, "tab"),
        ("a: 1\nb: 'x", 2, "quote"),
        ("a: b: c", 1, "colon"),
        ("a: [1, 2\nb: 3", 2, "bracket"),
        ("a: 1\n b: 2\nc", 2, "colon"),
        ("a: @x", 1, "other"),
        ("a: \x07", 1, "character"),
        ('a: "\\q"', 1, "character"),
        ("? [a, b]\n: 1", 1, "indent"),
        ("{a: 1}: 2", 1, "indent"),
    ],
)
def test_whatever_cannot_be_parsed_names_its_line(text, line, detail):
    problem = only(text)
    assert (problem.code, problem.place.line, problem.params["line"]) == ("yaml-syntax", line, line)
    assert problem.params["detail"] == detail


def test_duplicate_keys_are_all_refused_with_both_lines():
    problems = refusal("title: a\nx: 1\ntitle: b\ncosts:\n- {name: a, name: b}\n")
    assert [(p.code, p.params["key"], p.params["line_a"], p.params["line_b"]) for p in problems] == [
        ("duplicate-key", "title", 1, 3),
        ("duplicate-key", "name", 5, 5),
    ]


@pytest.mark.parametrize("number", [".nan", ".inf", "-.inf", "+.INF", "1e999", "-1e999", "9" * 5000, ".NaN"])
@pytest.mark.parametrize("field", ["amount: 100000", "ordinary: 0.08", "first_year: 2025"])
def test_numbers_that_are_not_finite(number, field):
    key = field.partition(":")[0]
    ((code, path),) = codes(changed((field, f"{key}: {number}")))
    assert code == "not-finite"
    assert path.endswith(key)


@pytest.mark.parametrize("text", ['"nan"', '"inf"', '"1e9"', "NaN", "infinity"])
def test_words_for_numbers_that_are_none(text):
    assert codes(changed(("amount: 100000", f"amount: {text}"))) == [("not-a-number", "costs.0.amount")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"  \n# only a comment\n", "empty-file"),
        (b"~", "empty-file"),
        (b"- a\n- b\n", "no-mapping"),
        (b"just words", "no-mapping"),
        (b"12", "no-mapping"),
        (b"title: \xe5\xe4\xf6", "not-utf8"),
        ("title: å".encode("utf-16"), "not-utf8"),
        (b"a: 1\n---\nb: 2\n", "several-documents"),
        (b"\x00\x01\x02", "yaml-syntax"),
        (b"PK\x03\x04\x14\x00\xff", "not-utf8"),
    ],
)
def test_files_that_are_no_case(content, code):
    assert only(content).code == code


def test_byte_order_mark_and_windows_lines_are_read():
    text = "\ufeff" + RIGHT.replace("\n", "\r\n")
    assert build_case(parse_document(text.encode(), "case.yaml")).title == "Styrka"


@pytest.mark.parametrize("escape", [r"\e[31m", r"\0", r"\x7f", r"\u0085\u0090"])
def test_control_characters_in_names(escape):
    ((code, path),) = codes(changed(("title: Styrka", f'title: "a{escape}b"')))
    assert (code, path) == ("control-characters", "title")


@pytest.mark.parametrize(
    "text", ['"a\\e[31m": 1', 'not_valued: ["\\ud800"]', '"\\udc00": 1', 'costs2: {a: {"\\x85": 1}}']
)
def test_signs_that_no_screen_should_get(text):
    ((code, path),) = codes(RIGHT + text)
    assert (code, path) == ("control-characters", None)


def test_signs_escaped_as_in_json_are_joined():
    assert (
        build_case(parse_document((RIGHT + r'description: "\ud83d\ude00"').encode(), "c")).description == "\U0001f600"
    )


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("horizons: [1, 5]", "horizons: [1, 1000000000]", "out-of-range"),
        ("horizons: [1, 5]", "horizons: [1, 121]", "out-of-range"),
        ("horizons: [1, 5]", "horizons: [0, 5]", "out-of-range"),
        ("holds: 1", "lag: 1000000000\n    holds: 1", "out-of-range"),
        ("first_year: 2025", "first_year: 99999", "year-out-of-range"),
        ("year: 0", "year: -1", "out-of-range"),
        ("id: falls", "id: ../../etc/passwd", "bad-id"),
        ("id: falls", "id: '0'", "bad-id"),
        ("id: falls", f"id: {'a' * 65}", "bad-id"),
    ],
)
def test_bounds(old, new, code):
    assert code in {found for found, _ in codes(changed((old, new)))}


def test_html_and_markup_in_names_are_kept_as_they_are():
    text = changed(("title: Styrka", 'title: "<script>alert(1)</script> [bold] =SUM(A1)"'))
    assert build_case(parse_document(text.encode(), "case.yaml")).title == "<script>alert(1)</script> [bold] =SUM(A1)"


def test_missing_file_names_the_nearest(tmp_path):
    (tmp_path / "ansokan.yaml").write_text("a: 1")
    with pytest.raises(InputError) as raised:
        read_document(tmp_path / "ansökan.yml")
    (problem,) = raised.value.problems
    assert (problem.code, problem.params["nearest"]) == ("file-not-found", "ansokan.yaml")


def test_folder_and_unreadable_names(tmp_path):
    for path in (tmp_path, tmp_path / ("x" * 5000)):
        with pytest.raises(InputError) as raised:
            read_document(path)
        assert raised.value.problems[0].code == "file-unreadable"


def test_file_without_permission(tmp_path, monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    path = tmp_path / "case.yaml"
    path.write_text(RIGHT)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError) as raised:
        read_document(path)
    assert raised.value.problems[0].code == "file-unreadable"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused(content):
    try:
        build_case(parse_document(content, "case.yaml"))
    except InputError as error:
        assert error.problems


def thoroughly(content):
    """Read with the parser of YAML 1.2 alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "_quick_events", lambda text: None)
        return parse_document(content, "case.yaml")


PIECES = st.sampled_from(
    [
        "a",
        "b: ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ": ",
        '"',
        "'",
        "\n",
        "  ",
        "#",
        "1",
        "0.5",
        "åä",
        "\t",
        "?",
        "|\n",
        ">",
        "\u2028",
        "\x85",
        "\\",
    ]
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=14).map(lambda pieces: "".join(pieces).encode()))
def test_the_quick_parser_never_reads_something_else_than_the_thorough_one(content):
    try:
        slow = thoroughly(content)
    except InputError:
        return  # the quick one takes a little more: a tab behind the last bracket
    quick = parse_document(content, "case.yaml")
    assert (quick.data, quick.places) == (slow.data, slow.places)


@pytest.mark.parametrize("case", sorted(Path("models").glob("*.yaml")), ids=lambda path: path.stem)
def test_both_parsers_give_the_same_models(case):
    content = case.read_bytes()
    quick, slow = parse_document(content, "case.yaml"), thoroughly(content)
    assert (quick.data, quick.places) == (slow.data, slow.places)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**20) | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
LINES = [line for line in RIGHT.splitlines() if ":" in line]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(range(len(LINES))), VALUES)
def test_any_value_at_any_key_is_read_or_refused_in_its_place(index, value):
    key, _, _ = LINES[index].partition(": ")
    text = RIGHT.replace(LINES[index], f"{key.rstrip(':')}: {json.dumps(value)}".replace("NaN", ".nan"), 1)
    try:
        build_case(parse_document(text.replace("Infinity", ".inf").encode(), "case.yaml"))
    except InputError as error:
        assert all(problem.code != "not-understood" and problem.place.line for problem in error.problems)
