"""Benches: each compares in one run on one input, prints ratios, and fails where a bound is missed or not measured."""
