"""The command line: what is printed where, and with which exit status."""
