"""Small cases worked by hand, and the two implementations held against them."""
