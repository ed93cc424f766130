package org.voucherledger.api.imports;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.voucherledger.api.table.RowFlaw;
import org.voucherledger.api.table.Words;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;

/** What is kept of each import (tables {@code ledger.import} and {@code ledger.import_flaw}). */
@Component
class Imports {

    /** What was asked for. */
    record Asked(
            Actor actor,
            String idempotencyKey,
            ListKind kind,
            String fileName,
            String fileSha256,
            Import.Mode mode,
            boolean dryRun,
            boolean complete) {}

    /** An import that is not over, with what is needed to go on with it. */
    record Job(
            UUID id,
            ListKind kind,
            Import.Mode mode,
            boolean dryRun,
            boolean complete,
            Import.State state,
            Actor actor,
            String fileName,
            String fileSha256,
            Path spool,
            long lastLine) {}

    /** A row of the report. */
    record Entry(long id, RowFlaw flaw, boolean refused) {}

    /** What a chunk of rows came to. */
    record Progress(long done, long unchanged, long refused, long cleared, long lastLine) {}

    private static final String SHOWN = """
            select i.*, greatest(0, rows_read - rows_done - rows_unchanged - rows_refused) as rows_left
            from ledger.import i
            """;

    private final JdbcTemplate sql;

    Imports(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Enters it; an earlier one under the same key of the same actor stays and is found by {@link #underKey}. */
    boolean enter(UUID id, Asked asked, Path spool, Instant at) {
        return sql.update(
                        """
                insert into ledger.import (id, kind, idempotency_key, file_name, file_sha256, spool, mode, dry_run,
                    complete, state, actor, role, on_behalf_of, received_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'RECEIVED', ?, ?, ?, ?) on conflict (actor, idempotency_key) do nothing
                """,
                        id,
                        asked.kind().name(),
                        asked.idempotencyKey(),
                        asked.fileName(),
                        asked.fileSha256(),
                        spool.toString(),
                        asked.mode().name(),
                        asked.dryRun(),
                        asked.complete(),
                        asked.actor().id(),
                        asked.actor().role().name(),
                        asked.actor().onBehalfOf(),
                        time(at))
                == 1;
    }

    Optional<Import> underKey(Actor actor, String key) {
        return sql
                .query(SHOWN + "where actor = ? and idempotency_key = ?", (row, n) -> shown(row), actor.id(), key)
                .stream()
                .findFirst();
    }

    Optional<Import> find(UUID id) {
        return sql.query(SHOWN + "where id = ?", (row, n) -> shown(row), id).stream()
                .findFirst();
    }

    /** The latest ones first. */
    List<Import> latest(int limit) {
        return sql.query(SHOWN + "order by received_at desc, id limit ?", (row, n) -> shown(row), limit);
    }

    /** The report in the order in which it came to be, after an entry. */
    List<Entry> report(UUID id, long after, int limit) {
        return sql.query(
                "select * from ledger.import_flaw where import_id = ? and id > ? order by id limit ?",
                (row, n) -> new Entry(
                        row.getLong("id"),
                        new RowFlaw(
                                row.getLong("line"),
                                row.getString("column_name"),
                                row.getString("about"),
                                new Words(row.getString("chinese"), row.getString("english")),
                                row.getString("value")),
                        row.getBoolean("refused")),
                id,
                after,
                limit);
    }

    /** Those that are not over, in the order of their receipt. */
    List<Job> unfinished() {
        return sql.query(
                "select * from ledger.import where state in ('RECEIVED', 'CHECKING', 'WORKING') order by received_at, id",
                (row, n) -> job(row));
    }

    Job job(UUID id) {
        return sql.queryForObject("select * from ledger.import where id = ?", (row, n) -> job(row), id);
    }

    /** From here on, as if it had never been looked at. */
    @Transactional
    public void beginChecking(UUID id, String form) {
        sql.update("delete from ledger.import_flaw where import_id = ?", id);
        sql.update("""
                update ledger.import set state = 'CHECKING', form = ?, rows_read = 0, rows_done = 0, rows_unchanged = 0,
                    rows_refused = 0, cleared = 0, last_line = 0 where id = ?
                """, form, id);
    }

    /** Rows that were looked at, with what is wrong with some. */
    @Transactional
    public void looked(UUID id, long rowsRead, long rowsFlawed, List<RowFlaw> flaws) {
        keep(id, flaws, false);
        sql.update("update ledger.import set rows_read = ?, rows_refused = ? where id = ?", rowsRead, rowsFlawed, id);
    }

    void beginWorking(UUID id) {
        sql.update("update ledger.import set state = 'WORKING' where id = ?", id);
    }

    /** A chunk of rows is done, with what was refused of it. */
    @Transactional
    public void worked(UUID id, Progress progress, List<RowFlaw> refusals) {
        keep(id, refusals, true);
        sql.update(
                """
                update ledger.import set rows_done = rows_done + ?, rows_unchanged = rows_unchanged + ?,
                    rows_refused = rows_refused + ?, cleared = cleared + ?, last_line = greatest(last_line, ?) where id = ?
                """,
                progress.done(),
                progress.unchanged(),
                progress.refused(),
                progress.cleared(),
                progress.lastLine(),
                id);
    }

    void end(UUID id, Import.State state, String problem, Instant at) {
        sql.update(
                "update ledger.import set state = ?, problem = ?, finished_at = ? where id = ?",
                state.name(),
                problem,
                time(at),
                id);
    }

    /** The lines whose row has a flaw. */
    BitSet flawedLines(UUID id) {
        var lines = new BitSet();
        sql.query(
                "select distinct line from ledger.import_flaw where import_id = ? and not refused",
                row -> {
                    lines.set(row.getInt(1));
                },
                id);
        return lines;
    }

    private void keep(UUID id, List<RowFlaw> flaws, boolean refused) {
        sql.batchUpdate(
                """
                insert into ledger.import_flaw (import_id, line, column_name, refused, about, chinese, english, value)
                values (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                flaws.stream()
                        .map(flaw -> new Object[] {
                            id,
                            flaw.line(),
                            storable(flaw.column()),
                            refused,
                            flaw.about(),
                            storable(flaw.words().chinese()),
                            storable(flaw.words().english()),
                            storable(flaw.value())
                        })
                        .toList());
    }

    /** PostgreSQL keeps every character but this one. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static Import shown(ResultSet row) throws SQLException {
        return new Import(
                row.getString("id"),
                ListKind.valueOf(row.getString("kind")),
                row.getString("file_name"),
                row.getString("file_sha256"),
                row.getString("form"),
                Import.Mode.valueOf(row.getString("mode")),
                row.getBoolean("dry_run"),
                row.getBoolean("complete"),
                Import.State.valueOf(row.getString("state")),
                row.getString("actor"),
                instant(row, "received_at"),
                instant(row, "finished_at"),
                row.getLong("rows_read"),
                row.getLong("rows_done"),
                row.getLong("rows_unchanged"),
                row.getLong("rows_refused"),
                row.getLong("rows_left"),
                row.getLong("cleared"),
                row.getString("problem"));
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getObject("id", UUID.class),
                ListKind.valueOf(row.getString("kind")),
                Import.Mode.valueOf(row.getString("mode")),
                row.getBoolean("dry_run"),
                row.getBoolean("complete"),
                Import.State.valueOf(row.getString("state")),
                new Actor(row.getString("actor"), Role.valueOf(row.getString("role")), row.getString("on_behalf_of")),
                row.getString("file_name"),
                row.getString("file_sha256"),
                Path.of(row.getString("spool")),
                row.getLong("last_line"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
