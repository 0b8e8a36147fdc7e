"""How dates are written to people: 2026년 1월 15일(목) 14:00."""

DATE_FORMAT = "Y년 n월 j일(D)"
DATETIME_FORMAT = "Y년 n월 j일(D) H:i"
TIME_FORMAT = "H:i"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
# Decimals are shown and typed with a point and without grouping: an official figure is copied as it is.
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 0
