"""The plain SQL beside which standings are measured: the same totals and ranks, by the best query that we know.

It reads from covering indexes, groups each source by itself, and knows beforehand how each leaf is scored; it rounds by
round(), which the project does not trust (the division before it is not exact), and writes nothing. A board has the
names under which it was published, whatever a team is called since.
"""

TOTALS = """
WITH entry AS (SELECT id FROM evaluation_entry WHERE round_id = %(round)s),
leaf AS (SELECT id, code, source, points FROM evaluation_criterion WHERE round_id = %(round)s),
result AS (
    SELECT s.entry_id, round((sum(m.points) - min(m.points) - max(m.points)) / (count(*) - 2), 1) AS points
    FROM evaluation_sheet s JOIN evaluation_mark m ON m.sheet_id = s.id
    WHERE s.entry_id IN (SELECT id FROM entry) GROUP BY s.entry_id, m.criterion_id
    UNION ALL
    SELECT b.entry_id, round(r.total / r.n / 2, 1) FROM evaluation_responsebatch b CROSS JOIN LATERAL (
        SELECT sum(mark) AS total, count(*) AS n FROM evaluation_response WHERE batch_id = b.id) r
    WHERE b.entry_id IN (SELECT id FROM entry)
    UNION ALL
    SELECT entry_id, CASE WHEN best THEN round(points * average / max(average) OVER (PARTITION BY criterion_id), 1)
        ELSE round(average, 1) END
    FROM (SELECT v.entry_id, v.criterion_id, l.points, l.code = 'best' AS best, avg(v.value) AS average
          FROM evaluation_measurement v JOIN leaf l ON l.id = v.criterion_id
          WHERE v.entry_id IN (SELECT id FROM entry) GROUP BY 1, 2, 3, 4) measured
    UNION ALL
    SELECT entry_id, points FROM evaluation_directpoints WHERE entry_id IN (SELECT id FROM entry)
)
SELECT entry_id, total, rank() OVER (ORDER BY total DESC)
FROM (SELECT entry_id, sum(points) AS total FROM result GROUP BY entry_id) summed"""

BOARD = """
SELECT t.code, coalesce(before.was, t.name_ko), r.rank, r.total, r.outcome, r.scores, r.gates
FROM evaluation_snapshotrow r JOIN evaluation_snapshot s ON s.id = r.snapshot_id
JOIN evaluation_entry e ON e.id = r.entry_id JOIN consortia_team t ON t.id = e.team_id
LEFT JOIN LATERAL (SELECT was FROM evaluation_namecorrection c WHERE c.team_id = t.id AND c.language = 'ko'
    AND c.at > s.made_at ORDER BY c.at, c.id LIMIT 1) before ON true
WHERE r.snapshot_id = (SELECT max(id) FROM evaluation_snapshot WHERE round_id = %(round)s) ORDER BY r.position"""

BARE_TABLE = """
DROP TABLE IF EXISTS bare_measurement;
CREATE TABLE bare_measurement (LIKE evaluation_measurement INCLUDING DEFAULTS INCLUDING IDENTITY, PRIMARY KEY (id),
    FOREIGN KEY (run_id) REFERENCES evaluation_measurementrun (id),
    FOREIGN KEY (entry_id) REFERENCES evaluation_entry (id),
    FOREIGN KEY (criterion_id) REFERENCES evaluation_criterion (id));
INSERT INTO bare_measurement SELECT * FROM evaluation_measurement;
SELECT setval(pg_get_serial_sequence('bare_measurement', 'id'), (SELECT max(id) FROM bare_measurement))"""

BARE_SCORE = "INSERT INTO bare_measurement (run_id, entry_id, criterion_id, name, value) VALUES (%s, %s, %s, %s, %s)"

# What an input writes beside itself, by bare statements in one transaction, with every trigger of the ledger in place
# and nothing checked or computed: the least that a recorded input can cost.
NAMES = "SELECT set_config('simsa.actor', 'system:bench', true), set_config('simsa.verb', 'fill', true)"

RUN = """
INSERT INTO evaluation_measurementrun (entry_id, criterion_id, by_id, at) VALUES (%s, %s, %s, %s) RETURNING id"""

MEASUREMENT = BARE_SCORE.replace("bare_", "evaluation_")

STALE = (
    "INSERT INTO evaluation_stalemark (round_id, entry_id, criterion_id, at) SELECT %s, %s, unnest(%s::bigint[]), %s"
)

EVENT = """
INSERT INTO core_event (verb, subject_kind, subject_id, subject_label, actor, mandate, reason, at, facts)
VALUES ('fill', 'evaluation.entry', %s, 'team', 'system:bench', '', '', %s, '{}')"""

BARE_SHEETS = """
DROP TABLE IF EXISTS bare_mark, bare_sheet;
CREATE TABLE bare_sheet (LIKE evaluation_sheet INCLUDING DEFAULTS INCLUDING IDENTITY, PRIMARY KEY (id),
    FOREIGN KEY (entry_id) REFERENCES evaluation_entry (id), FOREIGN KEY (account_id) REFERENCES core_account (id));
CREATE TABLE bare_mark (LIKE evaluation_mark INCLUDING DEFAULTS INCLUDING IDENTITY, PRIMARY KEY (id),
    FOREIGN KEY (sheet_id) REFERENCES bare_sheet (id),
    FOREIGN KEY (criterion_id) REFERENCES evaluation_criterion (id))"""

BARE_SHEET = """
INSERT INTO bare_sheet (entry_id, account_id, comment, digest, at) VALUES (%s, %s, '', repeat('0', 64), %s)
RETURNING id"""

BARE_MARK = "INSERT INTO bare_mark (sheet_id, criterion_id, points) VALUES (%s, %s, %s)"

SHEET, MARK = BARE_SHEET.replace("bare_", "evaluation_"), BARE_MARK.replace("bare_", "evaluation_")
