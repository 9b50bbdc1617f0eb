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
# # 3. A school pathway with local data
#
# **The question:** a municipality wants fewer to drop out of upper secondary school. What does the model say with the
# municipality's own counts in the place of national ones?
#
# Some effects run through states over years. A *pathway* is such a model: who is where each year, in both arms.

# %%
import pandas as pd

import socio_calc

case = socio_calc.load(socio_calc.model("fullfoljda-studier"))
appraisal = socio_calc.appraise(case, draws=4_096)
pathway = case.pathways[0]
print(pathway.name, "-", ", ".join(pathway.states))
appraisal

# %% [markdown]
# ## The model as it ships
#
# The ordinary arm is calibrated to registers; the intervention changes one transition, for as long as the studies saw it.

# %%
moves = pd.DataFrame(
    [(m.source, m.target, m.year, m.ordinary, m.intervention) for m in appraisal.transitions],
    columns=["from", "to", "from year", "ordinary", "intervention"],
)
changed = moves[(moves["ordinary"] - moves["intervention"]).abs() > 1e-12]
changed.round(4)

# %%
appraisal.plot.chart("pathway-arms", lang="en").figure

# %% [markdown]
# ## Local data
#
# The municipality has counted its own pupils for a year: of 240 in upper secondary school 31 left without finishing. (Made
# up for this notebook: a figure of your own goes in its place.) A count carries its own uncertainty: fewer pupils, wider.

# %%
left, pupils = 31, 240
local = case.with_(
    {
        f"pathways.{pathway.id}.transitions.studerar.utanför": {
            "events": left,
            "of": pupils,
            "source": "The municipality's own count",
        }
    }
)
here = socio_calc.appraise(local, draws=4_096)

both = pd.concat({"as shipped": appraisal.outcomes(appraisal.longest), "local": here.outcomes(here.longest)})
both.reset_index(level=0, names="data")[["data", "name", "ordinary", "intervention", "difference"]].round(1)

# %%
pd.DataFrame(
    {
        name: [a.base() / 1e6, a.result().probability_positive]
        for name, a in {"as shipped": appraisal, "local": here}.items()
    },
    index=["net present value, million SEK", "probability that gains exceed costs"],
).round(2)

# %% [markdown]
# ## What the local count does to what matters
#
# With a count of its own the level is surer than in the model, and something else drives the result.

# %%
drivers = {
    name: a.sensitivity().set_index("quantity")["total"] for name, a in {"as shipped": appraisal, "local": here}.items()
}
pd.DataFrame(drivers).sort_values("local", ascending=False).head(6).round(2)

# %% [markdown]
# **The answer:** local data changes how many there are to help, and so what the intervention can give; it does not make the
# effect larger. What decides is whether those who stay also graduate, and that is what the follow-up should measure.
