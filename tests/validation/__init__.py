"""Published calculations rebuilt as cases, with the figures they state and where they state them."""
