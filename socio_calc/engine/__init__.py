"""Numbers in, numbers out: the mathematics of METHOD, on plain arrays.

`build_plan` turns a case and the reference base into a `Plan`; `base_flows` evaluates its base case year by year;
`simulate` runs it over the draws. Nothing here reads a file, prints, or knows a language.
"""
