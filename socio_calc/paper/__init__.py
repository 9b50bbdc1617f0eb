"""Documents as trees of blocks, and their renderers: HTML, Word, PDF. Knows nothing of appraisals."""
