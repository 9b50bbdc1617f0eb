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
# # 2. What drives the result
#
# **The question:** which of the assumptions would change the conclusion if it were wrong, and what must be true for the
# intervention to break even?

# %%
import socio_calc

case = socio_calc.load(socio_calc.model("skolnarvaro"))
appraisal = socio_calc.appraise(case)
drivers = appraisal.sensitivity()
drivers.head(8).round(3)

# %% [markdown]
# Each row is one uncertain quantity. `low_input` and `high_input` are its 5th and 95th percentile, `npv_low` and `npv_high`
# what the result is at those with everything else at its central value. `switching_value` is where the result is zero, and
# `probability_beyond` how probable a value beyond it is. `total` is the share of the spread that would be left if all
# others were known.

# %%
appraisal.plot.tornado(lang="en").figure
# %% [markdown]
# ## What must be true

# %%
analysis = appraisal.analysis()
effect = analysis.break_even.effect
print(
    "No size of the effects breaks even."
    if effect is None
    else f"All effects together must be {effect:.2f} of what is assumed."
)
analysis.frames["break_even"].round(2)

# %% [markdown]
# ## Choices that are no quantities
#
# Timing, discount rate and horizon are choices of method. Those that move the answer by more than 5 % are named.

# %%
analysis.frames["choices"].round(0)

# %% [markdown]
# ## Two assumptions at once

# %%
appraisal.plot.chart("grid", lang="en").figure
# %% [markdown]
# ## The draws themselves
#
# Every draw is a row: plot what you like. Here is the quantity that matters most against the result.

# %%
import matplotlib.pyplot as plt

draws = appraisal.draws()
first = drivers["quantity"].iloc[0]
figure, axes = plt.subplots(figsize=(7, 4))
axes.scatter(draws[first], draws["npv"] / 1e6, s=2, alpha=0.2)
axes.axhline(0, color="black", linewidth=0.8)
axes.set(xlabel=first, ylabel="Net present value, million SEK", title=f"{len(draws):,} draws, seed {appraisal.seed}")
figure.tight_layout()

# %% [markdown]
# **The answer:** the first rows of the table are what to ask about; the last ones can stay as they are. A quantity whose
# switching value lies far outside what is probable does not decide anything, however uncertain it is.
