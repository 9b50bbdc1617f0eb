"""The appraisal as an analyst meets it: the result with its frames, charts, analyses and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from socio_calc.analysis import frames
from socio_calc.api.paired import PairedDraws, paired_draws
from socio_calc.appraisal import Appraisal as Computed
from socio_calc.appraisal import appraise as compute
from socio_calc.case import Case, OwnOutcome
from socio_calc.engine.sampling import Sampler
from socio_calc.locale import Language
from socio_calc.reference import ReferenceBase

if TYPE_CHECKING:
    import pandas as pd

    from socio_calc.analysis import Sensitivity
    from socio_calc.api.plots import Plots


class Appraisal(Computed):
    """One case computed once; every number is a row of a frame, and every frame comes from the same draws.

    Made by `socio_calc.appraise`. Nothing of it can be changed: change the case (`case.with_`) and appraise again.
    Single figures: `result()`, `outcome()`, `base()`; tables: `results()`, `outcomes()`, `flows()`, `draws()`,
    `quantities()`, `yearly()`, `occupancy()`, `sensitivity()`, `information()`; pictures: `plot`; files: `to_excel()`,
    `to_html()`, `to_word()`, `to_pdf()`; other packages: `to_heormodel()`.

    Amounts are SEK of the case's price year; a gain is positive. Shares lie between 0 and 1.
    """

    @classmethod
    def of(cls, computed: Computed) -> Appraisal:
        """Return a computed case with its frames, charts and files."""
        return cls(**{field.name: getattr(computed, field.name) for field in fields(computed)})

    # -- frames -----------------------------------------------------------------------------------------------------

    def results(
        self,
        measure: str | None = None,
        perspective: str | None = None,
        horizon: int | None = None,
        view: str | None = None,
    ) -> pd.DataFrame:
        """Return every measure of METHOD §7, or those asked for.

        Columns: view, perspective, horizon (years), measure, base (base case), and over the draws mean, sd, p5, p25,
        p50, p75, p95, mc_error (standard error of the mean), probability_positive, expected_loss; reason says by a
        code why a measure does not exist. Units: SEK, but `bcr`, `mvpf` and `npv_per_grant_krona` kronor per krona,
        `irr` a share a year, `payback_year` years, `break_even_effect` a share, `qalys` QALYs.

        Raises
        ------
        ValueError
            When nothing has the values asked for; the message names those there are.
        """
        return frames.results(self, measure, perspective, horizon, view)

    def outcomes(self, horizon: int | None = None) -> pd.DataFrame:
        """Return both arms of every outcome, and of every state of a pathway as `PATHWAY.STATE`.

        Columns: view, perspective, outcome (id), name, horizon (years), ordinary, intervention, difference (base case,
        undiscounted sums over the years before the horizon, in the outcome's own unit; person-years for states), and
        difference_mean, difference_p5, difference_p95 over the draws.
        """
        return frames.outcomes(self, horizon)

    def flows(self, view: str = "all", perspective: str = "societal") -> pd.DataFrame:
        """Return every ledger entry of the base case: who gains or loses what, when, and from which line.

        Columns: view, perspective, year (0 = first), calendar_year, actor, source (`cost`, an outcome's or a pathway's
        id), line, kind, base (SEK, undiscounted), present_value. `present_value` adds up to the net present value.

        Raises
        ------
        ValueError
            For an unknown view or perspective.
        """
        return frames.flows(self, view, perspective)

    def draws(self, view: str = "all", perspective: str = "societal", horizon: int | None = None) -> pd.DataFrame:
        """Return every draw: the value of each uncertain quantity, and the net present value that it gives.

        Columns: view, perspective, draw, replicate (0–7), horizon (years), one column for each quantity by its key,
        npv (SEK). Of more than 262,144 draws the first so many.

        Raises
        ------
        ValueError
            For an unknown view or perspective.
        """
        return frames.draws(self, view, perspective, horizon)

    def quantities(self, lang: Language = "sv") -> pd.DataFrame:
        """Return every uncertain quantity: key, name, distribution, central value, mean, sd, and the draws' p5–p95."""
        return frames.quantities(self, lang)

    def yearly(self, perspective: str = "societal") -> pd.DataFrame:
        """Return the cumulative discounted net value at the end of each year, with percentiles over draws.

        Columns: view, perspective, year (0 = first), calendar_year, base, p5, p25, p50, p75, p95 (SEK).
        """
        return frames.yearly(self, perspective)

    def occupancy_frame(self) -> pd.DataFrame:
        """Return the share of each pathway's participants in each state by years since entry, in both arms."""
        return frames.occupancy(self)

    # -- analyses ---------------------------------------------------------------------------------------------------

    def analysis(self, perspective: str = "societal", horizon: int | None = None) -> Sensitivity:
        """Return everything that drives the result, as one object; `sensitivity` and `information` are its tables."""
        from socio_calc.analysis import sensitivity

        if (perspective, horizon) == ("societal", None):
            return self._analysis
        return sensitivity(self, perspective, horizon)

    def sensitivity(self, perspective: str = "societal", horizon: int | None = None) -> pd.DataFrame:
        """Return what each uncertain quantity does to the net present value, the largest first.

        Columns: quantity, low_input, high_input (5th and 95th percentile), npv_low, npv_high, switching_value (where
        the net present value is 0) and probability_beyond, first and total (shares of the variance), prcc (partial
        rank correlation). The other tables: `analysis().frames`.
        """
        tables = self.analysis(perspective, horizon).frames
        columns = ["quantity", "low_input", "high_input", "npv_low", "npv_high"]
        frame = _columns(tables["tornado"], columns)
        switching = _columns(tables["switching"], ["quantity", "value", "probability_beyond"])
        indices = _columns(tables["indices"], ["quantity", "first", "total"])
        ranks = _columns(tables["prcc"], ["quantity", "value"])
        frame = frame.merge(switching.rename(columns={"value": "switching_value"}), how="left", on="quantity")
        frame = frame.merge(indices, how="left", on="quantity")
        merged: pd.DataFrame = frame.merge(ranks.rename(columns={"value": "prcc"}), how="left", on="quantity")
        return merged

    def information(self, perspective: str = "societal", horizon: int | None = None) -> pd.DataFrame:
        """Return what it is worth to know each quantity before deciding (EVPPI), the largest first.

        Columns: quantity, value and se (SEK), evpi (the worth of knowing everything, the same in every row).
        """
        analysis = self.analysis(perspective, horizon)
        frame = _columns(analysis.frames["evppi"], ["quantity", "value", "se"])
        frame["evpi"] = analysis.information.evpi
        return frame

    @cached_property
    def _analysis(self) -> Sensitivity:
        from socio_calc.analysis import sensitivity

        return sensitivity(self)

    @cached_property
    def plot(self) -> Plots:
        """The charts of the reports as matplotlib axes."""
        from socio_calc.api.plots import Plots

        return Plots(self, lambda: self._analysis)

    # -- files ------------------------------------------------------------------------------------------------------

    def to_excel(self, path: Path | str, lang: Language = "sv", *, force: bool = False) -> Path:
        """Write the report as a workbook whose formulas are live; see `to_html` for the parameters."""
        return self._write(path, "xlsx", lang, force)

    def to_html(self, path: Path | str, lang: Language = "sv", *, force: bool = False) -> Path:
        """Write the report as one HTML file.

        Parameters
        ----------
        path
            File to write; its folder is made when it does not exist.
        lang
            Language of the report.
        force
            Whether a file that exists may be replaced.

        Raises
        ------
        OutputError
            When the file exists or cannot be written; then nothing is.
        """
        return self._write(path, "html", lang, force)

    def to_word(self, path: Path | str, lang: Language = "sv", *, force: bool = False) -> Path:
        """Write the report as a Word document; see `to_html` for the parameters."""
        return self._write(path, "docx", lang, force)

    def to_pdf(self, path: Path | str, lang: Language = "sv", *, force: bool = False) -> Path:
        """Write the report as a tagged PDF; needs the extra `pdf`. See `to_html` for the parameters."""
        return self._write(path, "pdf", lang, force)

    def to_heormodel(self, perspective: str = "societal", horizon: int | None = None) -> PairedDraws:
        """Return paired draws of both arms (costs, effects, inputs) for other packages."""
        return paired_draws(self, perspective, horizon)

    def _write(self, path: Path | str, form: str, lang: Language, force: bool) -> Path:
        from socio_calc.report import write_files
        from socio_calc.report.package import report_file

        target = Path(path)
        return write_files(target.parent, {target.name: report_file(self, form, lang)}, force=force)[0]

    def _repr_html_(self) -> str:
        from socio_calc.api.display import html

        return html(self, "sv")


def appraise(
    case: Case,
    *,
    draws: int = 16_384,
    seed: int = 1,
    sampler: Sampler = "sobol",
    horizons: Sequence[int] | None = None,
    reference: ReferenceBase | None = None,
    workers: int = 1,
    outcomes: Sequence[OwnOutcome] = (),
) -> Appraisal:
    """Compute a case.

    Parameters
    ----------
    case
        From `load`, changed by `case.with_`, or built in Python.
    draws
        Number of draws, rounded up to a multiple of 8.
    seed
        The result depends on the seed and the case alone.
    sampler
        `sobol`, `random` or `lhs`.
    horizons
        Years, in the place of the case's own.
    reference
        Prices, evidence and the rest; None is the shipped base.
    workers
        Threads; the result does not depend on it.
    outcomes
        Outcomes that functions of your own compute, counted in behind those of the case; see `OwnOutcome`.

    Raises
    ------
    InputError
        With all that cannot be computed.
    OwnOutcomeError
        When the function of an own outcome does not keep its contract; the message says what to mend.

    Examples
    --------
    >>> import socio_calc
    >>> case = socio_calc.load(socio_calc.model("styrka-hela-livet"))
    >>> dearer = case.with_(discount_rate=0.05)
    >>> before, after = (socio_calc.appraise(c, draws=64).base("pv_effects") for c in (case, dearer))
    >>> before > after
    True
    """
    computed = compute(
        case,
        draws=draws,
        seed=seed,
        sampler=sampler,
        horizons=horizons,
        reference=reference,
        workers=workers,
        outcomes=outcomes,
    )
    return Appraisal.of(computed)


def _columns(frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return the named columns, also of a table without rows."""
    return frame.reindex(columns=names)
