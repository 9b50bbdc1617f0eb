"""The entries of the report's glossary, and the forms that each has in a sentence of either language."""

from __future__ import annotations

from typing import Final

from socio_calc.locale import Language

#: Forms of each entry as regular expressions, by the names that their keys have. A form that is longer goes first.
FORMS: Final[dict[str, dict[Language, str]]] = {
    "beprovad-erfarenhet": {"sv": "beprövad(?:e)? erfarenhet(?:en|er)?", "en": "proven experience"},
    "bidrag": {"sv": "bidrag(?:et|en|s)?", "en": "benefits?"},
    "det-som-syns-i-budgeten": {
        "sv": "syns i (?:budgeten|deras budgetar|offentliga budgetar|partens budget)",
        "en": "shows? in (?:the budget|their budgets|public budgets|the party's budget)|leaves the budget",
    },
    "dodvikt": {"sv": "dödvikt(?:en|s)?", "en": "deadweight"},
    "effekt": {"sv": "effekt(?:en|er|erna|ens|ernas)?", "en": "effects?"},
    "evidens": {"sv": "evidens(?:en|ens)?", "en": "evidence(?! base)"},
    "frigjord-tid-och-plats": {"sv": "frigjord tid och plats", "en": "freed time and space"},
    "gar-jamnt-upp": {"sv": "(?:gå|går|gick) jämnt upp|jämnt upp", "en": "br(?:eaks?|eaking|oke) even"},
    "grundkalkyl": {"sv": "grundkalkyl(?:en|ens)?", "en": "base case(?:'s)?"},
    "hasardkvot": {"sv": "hasardkvot(?:en|er)?", "en": "hazard ratios?"},
    "insats": {"sv": "insats(?:en|er|erna|ens|ernas)?", "en": "interventions?(?:'s)?"},
    "internranta": {"sv": "internränta(?:n)?", "en": "internal rates? of return"},
    "kalkylranta": {"sv": "kalkylränt(?:a|an|ans|or)", "en": "discount rates?"},
    "konfidensintervall": {"sv": "konfidensintervall(?:et|en)?", "en": "confidence intervals?"},
    "konsekvens": {"sv": "konsekvens(?:en|er|erna|ens)?", "en": "consequences?"},
    "kvalitetsjusterat-levnadsar": {
        "sv": "kvalitetsjustera(?:t|de) levnadsår(?:en)?(?: \\(QALY\\))?|QALY",
        "en": "quality-adjusted life[ -]years?(?: \\(QALYs?\\))?|QALYs?",
    },
    "malgrupp": {"sv": "målgrupp(?:en|er|erna|ens)?", "en": "target groups?"},
    "medfinansiering": {"sv": "medfinansiering(?:en)?", "en": "co-financing"},
    "nettonuvarde": {"sv": "nettonuvärde(?:t|n|na|ts)?", "en": "net present values?"},
    "nuvarde": {"sv": "nuvärde(?:t|n|na|ts)?", "en": "(?<!net )present values?"},
    "nytta-per-satsad-krona": {
        "sv": "nytta per satsad krona|nyttokostnadskvot(?:en|er)?",
        "en": "gains per krona|benefit-cost ratios?",
    },
    "oddskvot": {"sv": "oddskvot(?:en|er|erna)?", "en": "odds ratios?"},
    "offentlig-sektor": {"sv": "offentlig(?:a)? sektor(?:n|ns|s)?", "en": "public sector(?:'s|’s)?"},
    "omrakning": {"sv": "omräkning(?:en|ar|arna|arnas)?", "en": "recalculations?"},
    "ordinarie-arbetssatt": {"sv": "ordinarie arbetssätt(?:et)?", "en": "ordinary practice"},
    "orsaksandel": {"sv": "orsaksandel(?:en)?|andel som är orsak", "en": "causal share|share that is causal"},
    "part": {"sv": "part(?:en|er|erna|ens|ers|ernas|s)?", "en": "part(?:y|ies)(?:'s|')?"},
    "percentil": {"sv": "percentil(?:en|er|erna)?", "en": "percentiles?"},
    "personar": {"sv": "personår(?:en)?", "en": "person-years?"},
    "prisar": {"sv": "prisår(?:et|en)?", "en": "price years?"},
    "riskkvot": {"sv": "riskkvot(?:en|er)?|incidenskvot(?:en|er)?", "en": "risk ratios?|rate ratios?"},
    "samhallsekonomiskt-perspektiv": {
        "sv": "samhällsekonomisk(?:t|a) perspektiv(?:et)?",
        "en": "societal perspective",
    },
    "skattefaktor": {"sv": "skattefaktor(?:n)?", "en": "tax factor"},
    "sobolfoljd": {"sv": "sobolföljd(?:en)?", "en": "Sobol sequence"},
    "social-investering": {
        "sv": "social(?:a)? investering(?:en|ar|arna)?",
        "en": "social investments?(?! fund)",
    },
    "sociala-investeringsmedel": {
        "sv": "(?:sociala )?investeringsm(?:edel|edlen|edlens)",
        "en": "social investment funds|grants?",
    },
    "standardiserad-skillnad": {
        "sv": "standardiserad(?:e)? (?:medelvärdes)?skillnad(?:en|er)?",
        "en": "standardised (?:mean )?differences?",
    },
    "tidshorisont": {"sv": "tidshorisont(?:en|er|erna|ens)?", "en": "horizons?"},
    "undantrangning": {"sv": "undanträngning(?:en)?", "en": "displacement"},
    "undviken-kostnad": {
        "sv": "undvik(?:en|na) kostnad(?:en|er|erna)?|kostnad(?:en|er) som undviks",
        "en": "avoided costs?|costs? that (?:is|are) avoided",
    },
    "utfall": {"sv": "utfall(?:et|en|s|ets|ens)?", "en": "outcomes?"},
    "utjamning": {"sv": "utjämning(?:en)?", "en": "equalisation"},
    "vardet-av-arbete": {"sv": "värdet av arbete", "en": "value of work"},
}

#: Entries that only a report explains: `explain` has its own answer, to a question or about a measure.
ONLY_IN_REPORTS: Final = (
    "hasardkvot", "oddskvot", "riskkvot", "skattefaktor", "standardiserad-skillnad", "undantrangning",
)  # fmt: skip
#: The words of the report that can be asked for by themselves.
TERMS: Final = tuple(slug for slug in FORMS if slug not in ONLY_IN_REPORTS)
