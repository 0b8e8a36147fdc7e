"""How dates are written to people in English: Thursday, 15 January 2026, 14:00 KST."""

DATE_FORMAT = "l, j F Y"
DATETIME_FORMAT = "l, j F Y, H:i T"
TIME_FORMAT = "H:i"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
# Decimals are shown and typed with a point and without grouping: an official figure is copied as it is.
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 0
