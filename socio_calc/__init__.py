"""Appraisal of social investments."""
