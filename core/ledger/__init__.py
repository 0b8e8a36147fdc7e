"""The ledger: every change of a counted table, named, sealed at commit, and chained."""
