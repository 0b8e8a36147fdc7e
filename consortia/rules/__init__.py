"""Plain Python: days, equal support and equal development time. Neither Django nor the clock."""
