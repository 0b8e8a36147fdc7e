-- What the ledger keeps is never changed or taken away, and only its own triggers add to it.
-- SL002: refused because the rows are append-only. (SL001: a write that names nobody, see items.sql.)
-- `search_path FROM CURRENT` is what install() has set: the schema of the ledger's tables, then pg_temp, so that
-- nobody can slip a table of the same name in front.

CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    RAISE EXCEPTION 'ledger_append_only: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'SL002', CONSTRAINT = 'ledger_append_only', TABLE = TG_TABLE_NAME, SCHEMA = TG_TABLE_SCHEMA;
END $$;

-- One place says which guards a table has. `held`: its rows may not be changed or deleted either.
CREATE OR REPLACE FUNCTION ledger_guard(relation regclass, held boolean) RETURNS void
LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER ledger_refuse_truncate BEFORE TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()', relation);
    -- ALWAYS: a session that plays replica does not switch it off.
    EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER ledger_refuse_truncate', relation);
    IF held THEN
        EXECUTE format('CREATE TRIGGER ledger_refuse_change BEFORE UPDATE OR DELETE ON %s
            FOR EACH ROW EXECUTE FUNCTION ledger_refuse()', relation);
        EXECUTE format('ALTER TABLE %s ENABLE ALWAYS TRIGGER ledger_refuse_change', relation);
    END IF;
END $$;

REVOKE ALL ON FUNCTION ledger_refuse(), ledger_guard(regclass, boolean) FROM PUBLIC;
