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
# # 5. From a follow-up plan to a sample size
#
# **The question:** a fund pays for a test so that somebody can decide on a roll-out afterwards. What is worth measuring, on
# how many, and when is it not worth measuring at all?
#
# The case's `decision` says what is decided after the test: how many take part in each cohort, from when and for how long.

# %%
import socio_calc

case = socio_calc.load(socio_calc.model("skolnarvaro"))
case.decision

# %% [markdown]
# Another roll-out is another decision. A region that would start with twice as large cohorts:

# %%
decided = case.with_({"decision.participants_per_cohort": 2 * case.decision.participants_per_cohort})
appraisal = socio_calc.appraise(decided)
analysis = appraisal.analysis()
information = analysis.information
print(
    f"Net benefit of a cohort: {information.net_benefit / 1e6:.2f} million SEK, positive in "
    f"{information.probability_positive:.0%} of the draws"
)
print(f"Knowing everything would be worth {information.evpi / 1e6:.2f} million SEK")

# %% [markdown]
# ## What to know

# %%
appraisal.information().head(6).round(0)

# %% [markdown]
# ## What a follow-up of n in each group tells
#
# A follow-up never tells everything. `value` is what deciding after it is worth beyond deciding without it, `net_benefit`
# what is left when every person followed has cost something.

# %%
analysis.frames["evsi"].round(0)

# %%
appraisal.plot.chart("sampling", lang="en").figure
# %% [markdown]
# ## The value of the test
#
# What the test is worth for the decision, less what it costs net: it can be worth doing even where it does not pay.

# %%
print("Value for the decision:", None if information.test_value is None else f"{information.test_value:,.0f} SEK")
print("Net cost of the test:  ", None if information.test_cost is None else f"{information.test_cost:,.0f} SEK")
print("Value of the test:     ", None if information.value_of_test is None else f"{information.value_of_test:,.0f} SEK")

# %% [markdown]
# **The answer** is the follow-up plan: what to measure first, how many are enough, and when measuring is not worth it.

# %%
information.plan
