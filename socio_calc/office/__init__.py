"""Opening office files from strangers."""
