"""How one machine runs everything: the embedded PostgreSQL, and web, worker and beat in one process."""
