"""The rules of scoring, ranking and advancing: plain Python on exact numbers, without a database.

This is the definition. Where set-based SQL computes the same for speed, it must agree with this to the last digit.
"""
