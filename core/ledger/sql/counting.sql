-- How a table comes to be counted, and stays exact when its columns change. Called by migrations.

-- Give the transaction these names and return those it had. (A function's own SET clause would do it, but only a
-- superuser may write one for a setting that the server does not know.)
CREATE OR REPLACE FUNCTION ledger_exchange_names(names text[]) RETURNS text[]
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    settings constant text[] := ARRAY['simsa.actor', 'simsa.verb', 'simsa.reason', 'simsa.mandate'];
    outside text[];
BEGIN
    FOR number IN 1..4 LOOP
        outside[number] := coalesce(current_setting(settings[number], true), '');
        PERFORM set_config(settings[number], names[number], true);
    END LOOP;
    RETURN outside;
END $$;

-- Keep what the rows hold now wherever the ledger does not hold it already, in the name of the migration.
CREATE OR REPLACE FUNCTION ledger_reimage(
    relation regclass, key text, excluded text[], bulk boolean, why text) RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'iso_8601'
SET extra_float_digits = 1 SET bytea_output = 'hex' AS $$
DECLARE
    name text := (SELECT relname FROM pg_class WHERE oid = relation);
    ended bigint := (SELECT max(item.id) FROM core_ledgeritem AS item WHERE item.relation = name
                     AND item.row_key = '' AND item.change = 'M' AND item.image = '{"counted": false}');
    outside text[] := ledger_exchange_names(ARRAY['system:migration', 'migrate', why, '']);
BEGIN
    EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', relation);
    IF bulk THEN
        EXECUTE format($query$
            SELECT ledger_keep(%L, '', 'M', image)
            FROM (SELECT jsonb_build_object(
                    'rows', count(*),
                    'ids', range_agg(int8range(%I, %I, '[]'))::text,
                    'digest', encode(sha256(string_agg(
                        sha256(convert_to((to_jsonb(live) - $1)::text, 'UTF8')), ''::bytea ORDER BY %I)), 'hex')) AS image
                  FROM %s AS live HAVING count(*) > 0) AS whole
            $query$, name, key, key, key, relation) USING excluded;
    ELSE
        EXECUTE format($query$
            SELECT ledger_keep(%L, live.image ->> %L, 'M', live.image)
            FROM (SELECT to_jsonb(counted) - $1 AS image FROM %s AS counted ORDER BY %I) AS live
            LEFT JOIN LATERAL (SELECT item.image, item.change FROM core_ledgeritem AS item
                WHERE item.relation = %L AND item.row_key = live.image ->> %L AND item.id > $2
                ORDER BY item.id DESC LIMIT 1) AS kept ON true
            WHERE kept.change IS NULL OR kept.change = 'D' OR kept.image::text <> live.image::text
            $query$, name, key, relation, key, name, key) USING excluded, coalesce(ended, 0);
    END IF;
    PERFORM ledger_exchange_names(outside);
END $$;

-- Begin to count, or begin again with other columns left out.
CREATE OR REPLACE FUNCTION ledger_install(relation regclass, excluded text[], bulk boolean) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    key text := (SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
                 WHERE indrelid = relation AND indisprimary AND indnkeyatts = 1);
    unknown text := (SELECT string_agg(name, ', ') FROM unnest(excluded) AS name
                     WHERE name = key OR NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = relation
                                                     AND attname = name AND attnum > 0 AND NOT attisdropped));
    arguments text;
BEGIN
    IF key IS NULL OR unknown IS NOT NULL THEN
        RAISE EXCEPTION 'cannot count %: needs one primary key column, and cannot leave out (%)', relation, unknown;
    END IF;
    PERFORM ledger_uninstall(relation);
    PERFORM ledger_guard(relation, bulk);
    SELECT string_agg(quote_literal(argument), ', ') INTO arguments FROM unnest(key || excluded) AS argument;
    IF bulk THEN
        EXECUTE format('CREATE TRIGGER ledger_count AFTER INSERT ON %s REFERENCING NEW TABLE AS added
            FOR EACH STATEMENT EXECUTE FUNCTION ledger_count_statement(%s)', relation, arguments);
    ELSE
        EXECUTE format('CREATE TRIGGER ledger_count AFTER INSERT OR UPDATE OR DELETE ON %s
            FOR EACH ROW EXECUTE FUNCTION ledger_count_row(%s)', relation, arguments);
        -- A row is known by its key: one that changed it would be two rows to the ledger.
        EXECUTE format('CREATE TRIGGER ledger_refuse_key BEFORE UPDATE ON %s FOR EACH ROW
            WHEN (OLD.%I IS DISTINCT FROM NEW.%I) EXECUTE FUNCTION ledger_refuse()', relation, key, key);
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER ledger_refuse_key', relation);
    END IF;
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER ledger_count', relation);
    PERFORM ledger_reimage(relation, key, excluded, bulk, 'counting begins');
END $$;

CREATE OR REPLACE FUNCTION ledger_uninstall(relation regclass) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['count', 'refuse_key', 'refuse_change', 'refuse_truncate'] LOOP
        EXECUTE format('DROP TRIGGER IF EXISTS ledger_%s ON %s', name, relation);
    END LOOP;
END $$;

-- Stop counting, and say so: without this last item a table whose triggers are gone is a damaged one.
CREATE OR REPLACE FUNCTION ledger_retire(relation regclass) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE
    outside text[] := ledger_exchange_names(ARRAY['system:migration', 'migrate', 'counting ends', '']);
BEGIN
    PERFORM ledger_uninstall(relation);
    PERFORM ledger_keep(relname, '', 'M', '{"counted": false}') FROM pg_class WHERE oid = relation;
    PERFORM ledger_exchange_names(outside);
END $$;

REVOKE ALL ON FUNCTION ledger_exchange_names(text[]), ledger_reimage(regclass, text, text[], boolean, text),
    ledger_install(regclass, text[], boolean), ledger_uninstall(regclass), ledger_retire(regclass) FROM PUBLIC;
