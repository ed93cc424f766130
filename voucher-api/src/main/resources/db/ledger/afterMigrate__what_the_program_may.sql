-- What the program's role may do with the ledger's tables, said anew after every migration. What has happened, what was
-- answered, what was sealed and who has read what it can add to and read, and nothing else; neither by a fault nor through a
-- stolen password. The role that owns the tables needs none of this.
grant usage on schema ledger to "${program}";
grant select on all tables in schema ledger to "${program}";

do $$
declare
    name text;
    added_to constant text[] := array[
        'domain_event', 'command_answer', 'seal_identity', 'seal_run', 'seal_tile', 'checkpoint', 'cosignature',
        'sensitive_read', 'upload_refusal'];
begin
    for name in select tablename from pg_tables where schemaname = 'ledger' loop
        if name = any(added_to) then
            execute format('grant insert on ledger.%I to %I', name, '${program}');
        else
            execute format('grant insert, update, delete on ledger.%I to %I', name, '${program}');
        end if;
    end loop;
end
$$;
