"""The applicant's form: a case as an Excel workbook that people fill in, and back without loss.

`layout` and the sheets describe the form as data; `fill` and `write` make it, `locate`, `gather` and `read` read it.
`opening.open_any` is the door for every command: a YAML file or a form, by what the file holds.
"""
