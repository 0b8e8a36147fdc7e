"""Files and messages that bring numbers in, read into plain rows: no Django, no database, no binary float.

One module a format. What is wrong is told with its place, and nothing that is wrong is guessed at.
"""
