"""예시 데이터: marks that reproduce every published figure of stage 1 (means, maxima, order). Not real scores.

Unpublished scores are filled in at will, for teams without real names. Each constant is team -> marks: of ten experts
out of 35, of 49 users out of 100, attainments in percent on 13 common benchmarks; and points entered directly.
"""


def marks(table: str) -> dict[str, list[str]]:
    """A table of one team a paragraph: the code, then its marks."""
    rows = (paragraph.split() for paragraph in table.strip().split("\n\n"))
    return {team: found for team, *found in rows}


EXPERTS = marks("""
team-a 33 34 34 31 28 31 31 30 31 33

team-b 31 31 27 30 32 30 25 29 29 30

team-c 29 28 30 29 29 27 30 29 28 31

team-d 29 29 29 26 25 27 27 27 27 26

team-e 29 27 26 28 24 26 22 26 24 24
""")

USERS = marks("""
team-a 82 85 85 86 92 86 91 95 96 85 84 91 82 86 86 84 81 93 93 90 95 76 81 91 98 72 79 86 83 82 89 82 96 80
85 81 96 83 83 90 80 83 68 88 81 83 88 82 100

team-b 80 75 82 75 65 74 63 80 74 69 77 70 76 74 62 80 78 79 71 71 86 75 78 82 80 79 73 66 70 82 71 65 67 66
72 72 80 69 79 64 75 61 68 65 73 68 68 68 76

team-c 67 64 82 79 78 78 75 69 72 75 63 53 80 82 73 62 82 81 66 76 86 68 72 78 65 80 85 70 71 82 70 69 74 79
69 68 81 79 86 76 69 74 74 64 66 81 76 72 66

team-d 58 49 59 57 67 73 70 64 62 77 50 62 62 75 66 70 62 65 62 63 65 63 68 64 63 59 66 78 70 69 68 69 55 62
69 71 66 67 69 58 69 72 63 68 71 59 63 67 79

team-e 53 59 58 51 59 62 63 55 53 61 62 73 57 51 48 63 55 51 54 62 65 63 49 61 70 62 59 61 65 53 61 61 64 68
65 66 56 59 67 60 53 50 65 57 51 60 68 55 55
""")

COMMON = marks("""
team-a 80 67 67 63 77 84 74 81 73 72 58 71 69

team-b 73 61 72 73 63 55 70 74 62 57 75 70 66

team-c 55 55 61 86 35 57 72 66 72 65 76 48 58

team-d 68 52 78 43 61 69 46 67 56 65 69 63 56

team-e 62 54 54 58 54 61 58 61 65 50 65 59 53
""")

NIA = {"team-a": "9.2", "team-b": "9.2", "team-c": "8.6", "team-d": "8.2", "team-e": "7.6"}
INDIVIDUAL = {"team-a": "10.0", "team-b": "9.0", "team-c": "10.0", "team-d": "8.4", "team-e": "7.8"}

# What the marks must add up to: nia, common, individual, benchmark, expert, user, total.
EXPECTED = {
    "team-a": ["9.2", "14.4", "10.0", "33.6", "31.6", "25.0", "90.2"],
    "team-b": ["9.2", "13.4", "9.0", "31.6", "29.4", "21.2", "82.2"],
    "team-c": ["8.6", "12.4", "10.0", "31.0", "29.0", "21.4", "81.4"],
    "team-d": ["8.2", "12.2", "8.4", "28.8", "27.2", "19.0", "75.0"],
    "team-e": ["7.6", "11.6", "7.8", "27.0", "25.6", "17.2", "69.8"],
}
