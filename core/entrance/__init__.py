"""The door by which people come in: allauth's pages, and the calls of operations behind them.

allauth asks for passwords, codes and keys and keeps its own tables. What the record must know of that, its adapters and
signals tell the operations of `core.operations.entrance`.
"""
