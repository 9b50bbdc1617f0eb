"""The report in a browser: axe finds nothing, in every model, both languages, and at the edges."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from socio_calc.locale import LANGUAGES, Language
from socio_calc.paper import to_html
from tests.paper.samples import everything
from tests.report.document.document_cases import MODELS, reported
from tests.report.libreoffice import required

pytestmark = pytest.mark.slow

selenium = pytest.importorskip("selenium.webdriver")
axe = pytest.importorskip("axe_core_python")
RUN = """
const done = arguments[arguments.length - 1];
const told = violation => [violation.id, violation.nodes.map(node => node.html.slice(0, 200))];
axe.run({resultTypes: ["violations"], preload: false, rules: {"color-contrast": {enabled: arguments[0]}}})
  .then(found => done(found.violations.map(told)))
  .catch(error => done([["error", [String(error)]]]));
"""
#: Of the picture-free report of every model, and of one with its pictures.
PAGES = [(name, lang, False) for name in MODELS for lang in LANGUAGES]
PAGES += [("skolnarvaro", lang, True) for lang in LANGUAGES]
PAGES += [(name, "sv", False) for name in ("hostile", "many", "nothing", "only-costs", "one-actor", "forty-years")]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    chromium, driver_path = required("chromium"), required("chromedriver")
    from selenium.webdriver.chrome.service import Service

    options = selenium.ChromeOptions()
    options.binary_location = chromium
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", "--window-size=1280,900",
        f"--user-data-dir={tmp_path_factory.mktemp('browser')}",
    ):  # fmt: skip
        options.add_argument(argument)
    driver = selenium.Chrome(options=options, service=Service(driver_path))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


def violations(browser: Any, page: bytes, folder: Path, *, contrast: bool = True) -> list[Any]:
    """Return what axe finds. Contrast takes most of its time, and is the same for every word of every report."""
    path = folder / "page.html"
    path.write_bytes(page)
    browser.get(path.as_uri())
    browser.execute_script(files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8"))
    return list(browser.execute_async_script(RUN, contrast))


@pytest.mark.parametrize(("name", "lang", "pictures"), PAGES)
def test_axe_finds_nothing(browser: Any, folder: Path, name: str, lang: Language, pictures: bool) -> None:
    page = to_html(reported(name, folder, lang, pictures=pictures))
    assert violations(browser, page, folder, contrast=pictures) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_in_any_block(browser: Any, folder: Path, lang: Language) -> None:
    assert violations(browser, to_html(everything(lang)), folder) == []


def test_axe_would_find_something(browser: Any, folder: Path) -> None:
    page = b"<html><title>x</title><body><img src='data:,'><p style='color:#eee'>pale</p></body></html>"
    assert {name for name, _ in violations(browser, page, folder)} >= {"image-alt", "html-has-lang"}


@pytest.mark.parametrize("width", [400, 1280])
def test_the_page_itself_never_scrolls_sideways(browser: Any, folder: Path, width: int) -> None:
    path = folder / "wide.html"
    path.write_bytes(to_html(reported("hostile", folder, pictures=True)))
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    browser.get(path.as_uri())
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
