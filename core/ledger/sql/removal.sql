-- Takes the ledger's functions away again (the migration in reverse). Counted tables have been retired before.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
DROP TRIGGER ledger_seal ON core_ledgeritem;
DROP TRIGGER ledger_refuse_insert ON core_ledgeritem;
DROP TRIGGER ledger_refuse_change ON core_ledgeritem;
DROP TRIGGER ledger_refuse_truncate ON core_ledgeritem;
DROP TRIGGER ledger_refuse_insert ON core_ledgerblock;
DROP TRIGGER ledger_refuse_change ON core_ledgerblock;
DROP TRIGGER ledger_refuse_truncate ON core_ledgerblock;
DROP FUNCTION ledger_retire(regclass), ledger_install(regclass, text[], boolean), ledger_uninstall(regclass),
    ledger_reimage(regclass, text, text[], boolean, text), ledger_exchange_names(text[]), ledger_seal(), ledger_close_block(uuid),
    ledger_count_statement(), ledger_count_row(), ledger_keep(text, text, text, jsonb),
    ledger_guard(regclass, boolean), ledger_refuse();
