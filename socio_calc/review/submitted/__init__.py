"""A report that has been sent in: its workbook against a fresh run, cell by cell."""
