"""Tests of socio_calc; a package, so that its parts can import each other by name."""
