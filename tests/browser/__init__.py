"""Whole journeys through the product's own server in a real browser."""
