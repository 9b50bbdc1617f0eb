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
# # 6. A published study, reproduced step by step
#
# **The question:** does the program give what a well-known textbook model gives?
#
# The model is the HIV model of Chancellor et al. (1997) as it stands in Briggs, Claxton and Sculpher, *Decision Modelling for
# Health Economic Evaluation* (2006), exercises 2.5 and 4.7: four states, yearly transitions counted in a cohort, one drug
# against two. The second drug lowers the risk of every step for the worse in its first two years, relative risk 0.509.
#
# ## The study's inputs

# %%
import pandas as pd

counts = pd.DataFrame(
    {"A": [1251, 0, 0], "B": [350, 731, 0], "C": [116, 512, 1312], "dead": [17, 15, 437]}, index=["A", "B", "C"]
)
cost = {"A": 1701 + 1055, "B": 1774 + 1278, "C": 6948 + 2059}  # direct medical and community care, pounds a year
ZIDOVUDINE, LAMIVUDINE, YEARS_ON_BOTH, RISK = 2278.0, 2086.5, 2, 0.509
counts

# %% [markdown]
# ## The case
#
# A case may be written as a file, or built in Python from the same keys. Amounts are pounds here; the program only adds them.

# %%
import socio_calc

worse = [("A", "B"), ("A", "C"), ("A", "dead"), ("B", "C"), ("B", "dead"), ("C", "dead")]
case = socio_calc.Case.model_validate(
    {
        "format": 1,
        "title": "HIV combination therapy",
        "first_year": 2024,
        "price_year": 2024,
        "horizons": [20],
        "discount_rate": 0.06,
        "timing": "end",
        "participants": [{"year": 0, "number": 1}],
        "pathways": [
            {
                "id": "hiv",
                "name": "HIV",
                "states": ["A", "B", "C", "dead"],
                "start": {"A": 1},
                "transitions": {
                    state: {"counts": {to: int(n) for to, n in row.items() if n}} for state, row in counts.iterrows()
                },
                "effects": [{"from": a, "to": b, "measure": "ratio", "value": RISK} for a, b in worse],
                "holds": YEARS_ON_BOTH,
                "evidence": {"grade": "systematic_review", "sources": ["Chancellor et al. 1997"]},
                "consequences": [
                    {
                        "name": f"Care and zidovudine in {state}",
                        "state": state,
                        "price": price + ZIDOVUDINE,
                        "kind": "resource_cost",
                        "payer": "region",
                    }
                    for state, price in cost.items()
                ],
            }
        ],
    }
)
appraisal = socio_calc.appraise(case, draws=4_096)

# %% [markdown]
# ## Who is where, in both arms

# %%
lived = pd.DataFrame(
    [(r.year, r.state, r.ordinary, r.intervention) for r in appraisal.state_years],
    columns=["year", "state", "one drug", "both drugs"],
)
alive = lived[lived["state"] != "dead"]
alive.groupby("state")[["one drug", "both drugs"]].sum().round(4)

# %%
import matplotlib.pyplot as plt

figure, axes = plt.subplots(1, 2, figsize=(9, 3.4), sharey=True)
for ax, arm in zip(axes, ("one drug", "both drugs"), strict=True):
    wide = lived.pivot(index="year", columns="state", values=arm)
    ax.stackplot(wide.index, wide.T, labels=wide.columns)
    ax.set(title=arm.capitalize(), xlabel="Years")
axes[0].set_ylabel("Share of the cohort")
axes[1].legend(loc="upper right")
figure.tight_layout()

# %% [markdown]
# ## The study's table beside ours
#
# The second drug is a cost of the intervention that follows those who live; here it is priced on the arm's own occupancy, as
# the textbook does it.

# %%
discount = appraisal.plan.discount
result = {}
for arm in ("one drug", "both drugs"):
    years = alive.groupby("year")[arm].sum().to_numpy()
    money = sum(
        alive[alive["state"] == state].set_index("year")[arm].to_numpy() * (price + ZIDOVUDINE)
        for state, price in cost.items()
    )
    if arm == "both drugs":
        money[:YEARS_ON_BOTH] += LAMIVUDINE * years[:YEARS_ON_BOTH]
    result[arm] = (float(money @ discount), float(years.sum()))

ours = pd.DataFrame(result, index=["cost, discounted", "life years"]).T
study = pd.DataFrame(
    {"cost, discounted": [44663.4535637, 50601.6513312], "life years": [7.9912066, 8.9373889]}, index=ours.index
)
table = pd.concat({"published": study, "ours": ours, "difference": ours - study}, axis=1)
table.round(4)

# %%
icer = (ours.iloc[1] - ours.iloc[0]).iloc[0] / (ours.iloc[1] - ours.iloc[0]).iloc[1]
published = (study.iloc[1] - study.iloc[0]).iloc[0] / (study.iloc[1] - study.iloc[0]).iloc[1]
print(f"Pounds per life year gained: {icer:,.2f} (published figures give {published:,.2f})")
assert (table["difference"].abs() < 1e-4).all().all()

# %% [markdown]
# ## What the counts leave uncertain
#
# `counts` are a Dirichlet distribution over each row, so the same case gives the probabilistic analysis of exercise 4.7.

# %%
appraisal.quantities("en")[["quantity", "distribution", "central", "sd"]].round(1)

# %% [markdown]
# **The answer:** to the last digit that is published. All published cases that the program is held against are in the
# validation report of the documentation, with those that could not be reproduced.
