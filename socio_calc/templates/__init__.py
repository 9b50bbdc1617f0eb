"""Starting from something: the shipped models, and a new case file from one of them or from a few answers."""
