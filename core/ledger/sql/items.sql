-- One item a change (one a statement on bulk tables), with the name of whoever made it.
-- The functions run with their owner's rights, so that the application's role needs none on the ledger's own tables,
-- and pin every setting that shapes text, so that an image is the same in every session.

CREATE OR REPLACE FUNCTION ledger_keep(relation text, row_key text, change text, image jsonb) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    actor text := coalesce(current_setting('simsa.actor', true), '');
    verb text := coalesce(current_setting('simsa.verb', true), '');
    marker text := coalesce(current_setting('simsa.marker', true), '');
BEGIN
    IF actor = '' OR verb = '' THEN
        RAISE EXCEPTION 'ledger_write_names_nobody: a change of % without an actor and a verb is refused', relation
            USING ERRCODE = 'SL001', CONSTRAINT = 'ledger_write_names_nobody', TABLE = relation,
                HINT = 'Write through an operation, or inside core.ledger.naming.named().';
    END IF;
    -- The marker binds what will be sealed together. It is local: a rolled back savepoint takes it back as well.
    IF marker = '' THEN
        marker := gen_random_uuid()::text;
        PERFORM set_config('simsa.marker', marker, true);
    END IF;
    INSERT INTO core_ledgeritem (marker, relation, row_key, change, image, actor, verb, reason, mandate, at)
    VALUES (
        marker::uuid, relation, row_key, change, image, actor, verb,
        coalesce(current_setting('simsa.reason', true), ''), coalesce(current_setting('simsa.mandate', true), ''),
        clock_timestamp()
    );
END $$;

-- Arguments: the key column, then the columns that are left out.
CREATE OR REPLACE FUNCTION ledger_count_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'iso_8601'
SET extra_float_digits = 1 SET bytea_output = 'hex' AS $$
DECLARE
    excluded text[] := TG_ARGV[1:];
    image jsonb := (CASE TG_OP WHEN 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END) - excluded;
BEGIN
    -- As text: jsonb holds 9.2 and 9.20 for equal.
    IF TG_OP = 'UPDATE' AND excluded <> '{}' AND image::text = (to_jsonb(OLD) - excluded)::text THEN
        RETURN NULL;
    END IF;
    PERFORM ledger_keep(TG_TABLE_NAME, image ->> TG_ARGV[0], left(TG_OP, 1), image);
    RETURN NULL;
END $$;

-- The digest is of the rows' own digests in the order of their keys, so that no statement is too large for it.
-- Keys that follow each other are put together first: to unite a range for each key took two fifths of the time.
CREATE OR REPLACE FUNCTION ledger_count_statement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'iso_8601'
SET extra_float_digits = 1 SET bytea_output = 'hex' AS $$
DECLARE
    excluded text[] := TG_ARGV[1:];
    image jsonb;
BEGIN
    SELECT jsonb_build_object(
            'rows', coalesce(sum(rows), 0),
            'ids', range_agg(keys)::text,
            'digest', encode(sha256(string_agg(hashes, ''::bytea ORDER BY keys)), 'hex'))
        INTO image
        FROM (SELECT count(*) AS rows, int8range(min(key), max(key), '[]') AS keys,
                     string_agg(hash, ''::bytea ORDER BY key) AS hashes
              FROM (SELECT key, sha256(convert_to(content::text, 'UTF8')) AS hash,
                           key - row_number() OVER (ORDER BY key) AS island
                    FROM (SELECT (row_image ->> TG_ARGV[0])::bigint AS key, row_image - excluded AS content
                          FROM (SELECT to_jsonb(added) AS row_image FROM added) AS images) AS contents) AS hashed
              GROUP BY island) AS islands;
    IF image -> 'rows' <> '0' THEN
        PERFORM ledger_keep(TG_TABLE_NAME, '', 'B', image);
    END IF;
    RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION ledger_keep(text, text, text, jsonb), ledger_count_row(), ledger_count_statement() FROM PUBLIC;
