"""How dates are written to people in English: Thu 15 January 2026, 14:00 KST."""

DATE_FORMAT = "D j F Y"
DATETIME_FORMAT = "D j F Y, H:i T"
TIME_FORMAT = "H:i"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
# As in Korean: an official figure is copied as it is.
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 0
