"""What appeals say and how it is counted: plain Python, no database."""
