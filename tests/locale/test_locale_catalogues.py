"""The catalogues: complete, alike in both languages, compiled, and with a label for every field of the case format."""

import ast
import doctest
import importlib
import pkgutil
import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import socio_calc.locale as package
from socio_calc.locale.catalogue import DOMAINS, LANGUAGES
from socio_calc.locale.placeholders import fill, placeholders

FOLDER = Path(package.__file__).parent
SOURCE = FOLDER.parent
MOST_WORDS = 60


def catalogue(lang, domain):
    with (FOLDER / lang / "LC_MESSAGES" / f"{domain}.po").open("rb") as file:
        return by_key(read_po(file, locale=lang))


def by_key(messages):
    """Plural entries have their key twice as id."""
    return {m.id if isinstance(m.id, str) else m.id[0]: m.string for m in messages if m.id}


def forms(string):
    return (string,) if isinstance(string, str) else tuple(string)


@pytest.mark.parametrize("domain", DOMAINS)
def test_both_languages_say_the_same_things(domain):
    sv, en = catalogue("sv", domain), catalogue("en", domain)
    assert sv.keys() == en.keys()
    for key in sv:
        names = [set().union(*map(placeholders, forms(text))) for text in (sv[key], en[key])]
        assert names[0] == names[1], key
        assert len(forms(sv[key])) == len(forms(en[key])), key


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_every_text_is_there_and_stands_in_the_file_of_its_first_word(lang, domain):
    for key, text in catalogue(lang, domain).items():
        assert key.split(".")[0] in DOMAINS[domain], key
        assert all(forms(text)), key


def test_every_text_is_said_somewhere():
    """Texts of fields are asked for by the field's path; all others by their key, whole or put together from parts."""
    written, patterns = keys_in_source()
    ends = [pattern for pattern in patterns if pattern.startswith(".*\\.")]
    whole = re.compile("|".join(f"(?:{pattern})" for pattern in patterns if re.match("[a-z]", pattern)))
    continued = re.compile("|".join(f"(?:{pattern})" for pattern in ends))
    begun = tuple(f"{key}." for key in written if "." in key)
    unsaid = [
        key
        for domain in DOMAINS
        if domain != "fields"
        for key in catalogue("sv", domain)
        if key not in written and not whole.fullmatch(key) and not (key.startswith(begun) and continued.fullmatch(key))
    ]
    assert unsaid == []


def keys_in_source():
    """Return the strings of the program, and its f-strings as patterns in which constants of the module are filled."""
    written, patterns = set(), set()
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        constants = dict(constants_of(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                written.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                patterns.add("".join(pattern_of(part, constants) for part in node.values))
    return written, patterns


def constants_of(tree):
    for node in tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant):
            for target in node.targets if isinstance(node, ast.Assign) else (node.target,):
                if isinstance(target, ast.Name) and isinstance(node.value.value, str):
                    yield target.id, node.value.value


def pattern_of(part, constants):
    if isinstance(part, ast.Constant):
        return re.escape(part.value)
    if isinstance(part.value, ast.Name) and part.value.id in constants:
        return re.escape(constants[part.value.id])
    return ".*"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_file_is_the_source(lang, domain):
    with (FOLDER / lang / "LC_MESSAGES" / f"{domain}.mo").open("rb") as file:
        compiled = by_key(read_mo(file))
    source = catalogue(lang, domain)
    assert {key: forms(text) for key, text in compiled.items()} == {key: forms(text) for key, text in source.items()}, (
        f"compile with: pybabel compile --directory socio_calc/locale --domain {domain}"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("domain", DOMAINS)
def test_every_text_can_be_filled(lang, domain):
    for key, text in catalogue(lang, domain).items():
        for form in forms(text):
            values = dict.fromkeys(placeholders(form), "x") | {"reason": "no-cost"}
            for _, name, kind, _ in Formatter().parse(form):
                if kind and ("arty" in kind or "agree" in kind):
                    values[name] = "region"
            filled = fill(form, values, lang)
            assert filled.strip() or key == "number.group", key
            assert "[[" not in filled, key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_has_a_label_a_hint_and_an_example(lang):
    fields = catalogue(lang, "fields")
    labels = {key.removeprefix("label.") for key in fields if key.startswith("label.")}
    assert len(labels) >= 234
    for kind in ("hint", "example"):
        assert {key.removeprefix(f"{kind}.") for key in fields if key.startswith(f"{kind}.")} == labels
    assert {key.removeprefix("written.") for key in fields if key.startswith("written.")} < labels


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_explanation_belongs_to_a_choice(lang):
    choices = catalogue(lang, "choices")
    explained = [key.removesuffix(".explain") for key in choices if key.endswith(".explain")]
    assert explained
    assert set(explained) <= choices.keys()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_has_three_short_parts(lang):
    texts = {key: text for key, text in catalogue(lang, "messages").items() if key[0:8] == "message."}
    codes = {key.split(".")[1] for key in texts}
    assert texts.keys() == {f"message.{code}.{part}" for code in codes for part in ("what", "why", "remedy")}
    for code in codes:
        words = sum(len(texts[f"message.{code}.{part}"].split()) for part in ("what", "why", "remedy"))
        assert words <= MOST_WORDS, code


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_tone_has_no_exclamation_marks_and_no_blame(lang):
    for domain in DOMAINS:
        for key, text in catalogue(lang, domain).items():
            for form in forms(text):
                assert "!" not in form.replace("#!", ""), key
                assert not {"ogiltig", "ogiltigt", "invalid", "godkänd"} & set(form.lower().split()), key


# How the packages make problems: with the values as a mapping, or as keywords.
WITH_MAPPING = {"Problem", "Fault"}
WITH_KEYWORDS = {"problem", "fault", "_refusal", "NumberError", "BrokenCell"}
# What `render_problem` adds, from the field and from the id.
ADDED = {"label", "hint", "example", "word", "file"}


def calls(names):
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in names:
                yield f"{file.relative_to(SOURCE)}:{node.lineno}", node


def problems_made():
    """Find every call that makes a problem with its code written out: file and line, code, names of its values."""
    for place, node in calls(WITH_MAPPING | WITH_KEYWORDS):
        if not node.args or not isinstance(node.args[0], ast.Constant) or not isinstance(node.args[0].value, str):
            continue
        names = {keyword.arg for keyword in node.keywords}
        if getattr(node.func, "id", getattr(node.func, "attr", "")) in WITH_MAPPING:
            values = node.args[2] if len(node.args) > 2 else ast.Dict(keys=[], values=[])
            names = {key.value for key in values.keys if key} if isinstance(values, ast.Dict) else {None}
        # A name of None is a mapping made elsewhere: its names cannot be read here.
        yield place, node.args[0].value, None if None in names else names


def needed(texts, code):
    """Return the values that a message cannot do without."""
    parts = [re.sub(r"\[\[.*?\]\]", "", texts[f"message.{code}.{part}"]) for part in ("what", "why", "remedy")]
    return set().union(*map(placeholders, parts))


def test_every_code_used_in_the_program_has_a_message():
    words = catalogue("sv", "messages")
    assert [(place, code) for place, code, _ in problems_made() if f"message.{code}.what" not in words] == []


def test_every_message_gets_its_values():
    words = catalogue("sv", "messages")
    lacking = [
        (place, code, sorted(needed(words, code) - names - ADDED))
        for place, code, names in problems_made()
        if names is not None and f"message.{code}.what" in words and needed(words, code) - names - ADDED
    ]
    assert lacking == []


def test_every_key_written_out_in_the_program_has_a_text():
    known = set().union(*(catalogue("sv", domain) for domain in DOMAINS))
    keys = [
        (place, node.args[0].value)
        for place, node in calls({"t", "plural"})
        if node.args and isinstance(node.args[0], ast.Constant)
    ]
    assert len(keys) > 50
    assert [(place, key) for place, key in keys if key not in known] == []


@pytest.mark.parametrize("name", [module.name for module in pkgutil.iter_modules(package.__path__)])
def test_the_examples_of_the_docstrings(name):
    result = doctest.testmod(importlib.import_module(f"socio_calc.locale.{name}"))
    assert result.failed == 0
