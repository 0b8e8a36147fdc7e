-- The items of a transaction are sealed into one block at its commit, chained to the block before.
-- What is hashed, in order and for good (the verifier computes it again by itself):
--   item    sha256 of the text of the JSON array [id, marker, relation, row_key, change, image, actor, verb, reason,
--           mandate, at]
--   digest  sha256 of the items' hashes (32 bytes each) in the order of their ids
--   head    sha256 of number|previous|marker|items|first_item|last_item|digest|sealed_at

CREATE OR REPLACE FUNCTION ledger_close_block(sealed_marker uuid) RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT SET timezone = 'UTC' SET datestyle = 'ISO, YMD' SET intervalstyle = 'iso_8601'
SET extra_float_digits = 1 SET bytea_output = 'hex' AS $$
DECLARE
    block core_ledgerblock;
    newest core_ledgerblock;
BEGIN
    SELECT count(*), min(id), max(id), encode(sha256(string_agg(sha256(convert_to(jsonb_build_array(
                id, marker, relation, row_key, change, image, actor, verb, reason, mandate, at
            )::text, 'UTF8')), ''::bytea ORDER BY id)), 'hex')
        INTO block.items, block.first_item, block.last_item, block.digest
        FROM core_ledgeritem WHERE marker = sealed_marker;
    -- One chain, one writer at its end; held to the end of the transaction, so that blocks commit in their order.
    PERFORM pg_advisory_xact_lock(495690019681);  -- "simsa" in ASCII
    SELECT * INTO newest FROM core_ledgerblock ORDER BY number DESC LIMIT 1;
    block.number := coalesce(newest.number, 0) + 1;
    block.previous := coalesce(newest.head, repeat('0', 64));
    block.marker := sealed_marker;
    block.sealed_at := clock_timestamp();
    block.head := encode(sha256(convert_to(concat_ws('|',
        block.number, block.previous, block.marker, block.items, block.first_item, block.last_item, block.digest,
        block.sealed_at), 'UTF8')), 'hex');
    -- A transaction on an old snapshot cannot see the end of the chain: it fails as one that may be tried again.
    INSERT INTO core_ledgerblock
        (number, marker, previous, items, first_item, last_item, digest, head, sealed_at)
    VALUES (block.number, block.marker, block.previous, block.items, block.first_item, block.last_item, block.digest,
        block.head, block.sealed_at)
    ON CONFLICT (number) DO NOTHING;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the ledger has moved on since this transaction began' USING ERRCODE = 'serialization_failure';
    END IF;
    IF current_setting('simsa.marker', true) = sealed_marker::text THEN
        PERFORM set_config('simsa.marker', '', true);
    END IF;
END $$;

-- The last item seals for all: whatever the transaction has still to check (foreign keys, say) was queued before it
-- and is done by then, so that no row is waited for while the end of the chain is held.
-- No sequential scans: the plan is kept for the session, and may have been made while the table was small.
CREATE OR REPLACE FUNCTION ledger_seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT SET enable_seqscan = off AS $$
BEGIN
    PERFORM FROM core_ledgeritem WHERE marker = NEW.marker AND id > NEW.id LIMIT 1;
    IF NOT FOUND THEN
        PERFORM ledger_close_block(NEW.marker);
    END IF;
    RETURN NULL;
END $$;

REVOKE ALL ON FUNCTION ledger_close_block(uuid), ledger_seal() FROM PUBLIC;

SELECT ledger_guard('core_ledgeritem', true), ledger_guard('core_ledgerblock', true);

CREATE CONSTRAINT TRIGGER ledger_seal AFTER INSERT ON core_ledgeritem
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_seal();
-- Depth 0 is a statement that somebody wrote by hand. Only a migration keeps its items itself (see counting.sql).
CREATE TRIGGER ledger_refuse_insert BEFORE INSERT ON core_ledgeritem FOR EACH ROW
    WHEN (pg_trigger_depth() = 0 AND NEW.change <> 'M') EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER ledger_refuse_insert BEFORE INSERT ON core_ledgerblock FOR EACH ROW
    WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION ledger_refuse();

ALTER TABLE core_ledgeritem
    ENABLE ALWAYS TRIGGER ledger_seal, ENABLE ALWAYS TRIGGER ledger_refuse_insert;
ALTER TABLE core_ledgerblock
    ENABLE ALWAYS TRIGGER ledger_refuse_insert;
