# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# %% [markdown]
# # 4. Checking a submitted calculation
#
# **The question:** an application has arrived. Does its calculation hold, what is doubtful in it, and what would that do to
# the result? This is the support group's work, in Python.
#
# The application here is a shipped model with four things done to it, as they are done in real ones: an association taken
# for a cause, a low discount rate, nothing said of what has no price, and a result that is stated too high.

# %%
import tempfile
from pathlib import Path

import pandas as pd

import socio_calc
from socio_calc.case import dump_case
from socio_calc.review import review_case

folder = Path(tempfile.mkdtemp())
honest = socio_calc.load(socio_calc.model("skolnarvaro"))
submitted = honest.with_(
    {
        "outcomes.eligibility.consequences.0.causal_share": 1,
        "discount_rate": 0.01,
        "stated_results": [{"perspective": "societal", "horizon": 10, "measure": "npv", "value": 4_000_000}],
    },
    not_valued=[],
)
path = folder / "ansokan.yaml"
path.write_text(dump_case(submitted), encoding="utf-8")
review = review_case(path)
review.verdict

# %% [markdown]
# ## What was found
#
# Each finding has a weight, a place in the file, and what putting it right would do to the result of society and of the
# applicant.

# %%
findings = pd.DataFrame(
    [
        (
            f.severity,
            f.code,
            f.place.path,
            f.effect.societal if f.effect else None,
            f.effect.applicant if f.effect else None,
        )
        for f in review.findings
        if f.status in ("fail", "finding")
    ],
    columns=["weight", "code", "where", "society, SEK", "applicant, SEK"],
)
findings.round(0)

# %% [markdown]
# ## Does the stated result hold?

# %%
appraisal = socio_calc.appraise(submitted, draws=2_048)
stated = submitted.stated_results[0]
print(f"stated     {stated.value:12,.0f} SEK")
print(f"recomputed {appraisal.base('npv', horizon=10):12,.0f} SEK")

# %% [markdown]
# ## What separates it from the honest calculation?
#
# `compare` attributes the difference to each change, whatever the order (Shapley values): the parts add up exactly.

# %%
from socio_calc.analysis.comparison import compare
from socio_calc.appraisal import open_case

(folder / "honest.yaml").write_text(dump_case(honest), encoding="utf-8")
comparison = compare(open_case(folder / "honest.yaml"), open_case(path))
steps = pd.DataFrame(
    [(" and ".join(c.paths[0] for c in s.changes), s.amount) for s in comparison.steps], columns=["change", "SEK"]
)
steps.round(0)

# %%
import matplotlib.pyplot as plt

figure, axes = plt.subplots(figsize=(8, 0.6 + 0.5 * len(steps)))
axes.barh(steps["change"], steps["SEK"] / 1e6)
axes.axvline(0, color="black", linewidth=0.8)
axes.invert_yaxis()
axes.set_xlabel("Million SEK")
figure.tight_layout()

# %% [markdown]
# **The answer** goes back to the applicant as questions, not as a verdict: `socio-calc check ansokan.yaml --out protokoll` writes
# the protocol and a letter in plain Swedish. The fund decides.
