"""Properties that hold for every valid case, tried on random ones."""
