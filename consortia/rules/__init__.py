"""Plain Python on days and amounts: equal support and equal development time. Neither Django nor the clock."""
