"""The program's version and that of the method: a result says both."""

__version__ = "0.1.0"
#: Rises when the same case, base and seed give other figures.
METHOD = 1
