"""What is built from the checkout: the wheel, and the pinned requirements."""
