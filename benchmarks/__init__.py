"""Benchmarks: the common job done by socio_calc, by other tools and by a hand-optimised limit, side by side."""
