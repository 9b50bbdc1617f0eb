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
# # 1. A first appraisal
#
# **The question:** a municipality and a region want to raise school attendance together. Does it pay for itself, for whom,
# and how sure is that?
#
# Everything is in one object. A model that ships with the program is a good place to begin.

# %%
import socio_calc

case = socio_calc.load(socio_calc.model("skolnarvaro"))
appraisal = socio_calc.appraise(case)
appraisal

# %% [markdown]
# The table says it for society as a whole at each horizon. The same figures are rows of a frame, with every perspective and
# view. A *perspective* is whose money is counted, a *view* what is counted: with or without the value of work, with or
# without health.

# %%
wanted = ["perspective", "base", "mean", "p5", "p95", "probability_positive"]
appraisal.results(measure="npv", horizon=appraisal.longest, view="all")[wanted].round(2)

# %% [markdown]
# ## What happens to people
#
# Money is the second question. The first is what changes for those who take part, under ordinary practice and with the
# intervention.

# %%
outcomes = appraisal.outcomes(horizon=appraisal.longest)
outcomes[["name", "ordinary", "intervention", "difference", "difference_p5", "difference_p95"]].round(2)

# %% [markdown]
# ## Who pays, who gains, and when

# %%
appraisal.plot.cumulative(lang="en").figure
# %%
flows = appraisal.flows()
flows.pivot_table(index="actor", columns="source", values="present_value", aggfunc="sum", margins=True).round(0)

# %% [markdown]
# The sum in the corner is the net present value: no figure of the program comes from anywhere else.

# %%
total = flows["present_value"].sum()
assert abs(total - appraisal.base("npv")) < 1e-6 * flows["present_value"].abs().sum()
f"{total:,.0f} SEK"

# %% [markdown]
# ## What if?
#
# A case is never changed; `with_` gives a new one. Any value is reached by its path, the same as in error messages.

# %%
changes = {
    "as it is": {},
    "discount rate 5 %": {"discount_rate": 0.05},
    "only 20 take part in the first year": {"participants.0.number": 20},
    "only the first ten years": {"horizons": [1, 5, 10]},
}
for name, values in changes.items():
    changed = socio_calc.appraise(case.with_(values), draws=2_048)
    print(f"{name:36} {changed.base('npv') / 1e6:8.2f} million SEK")

# %% [markdown]
# **The answer** is in the figures above, and it is not a yes or a no: the base case, how often the draws are positive, and
# what has no price (`case.not_valued`). A calculation never decides alone.

# %%
for effect in case.not_valued:
    print("-", effect)
