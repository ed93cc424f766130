package org.voucherledger.api.seal;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.postgres.TestPostgres;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.SigningKey;

/** A ledger's database that is sealed as the program's role does it, and changed as only its owner can. */
final class SealedDatabase implements AutoCloseable {

    static final Instant NOW = Instant.parse("2020-04-01T01:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String APPEND = """
            insert into ledger.domain_event (event_identifier, aggregate_identifier, sequence_number, type, recorded_at,
                payload_type, payload_revision, payload, meta_data)
            select gen_random_uuid(), stream, coalesce((select max(sequence_number) + 1 from ledger.domain_event
                    where aggregate_identifier = stream), 0) + n, 'Voucher', timestamptz '2020-03-01 09:00:00+08' + n * interval '1s',
                'VoucherIssued', '1', convert_to('{"voucherId":"' || stream || '","amountFen":' || n || '}', 'UTF8'),
                convert_to('{"actor":"operator-1"}', 'UTF8')
            from (select ? as stream) s, generate_series(0, ? - 1) n
            """;
    private static final String ANSWER = """
            insert into ledger.command_answer (actor, idempotency_key, body_sha256, command_type, role, on_behalf_of,
                received_at, outcome, rule, about, stage, answer, position)
            select 'enterprise-1', gen_random_uuid(), repeat('0', 64), 'ApplyForVoucher', 'ENTERPRISE', 'E1',
                timestamptz '2020-03-01 09:00:00+08', outcome, rule, rule, rule, '{"rule":"GZ_11"}', 0
            from (select ? as outcome, case ? when 'REFUSED' then 'GZ-11' end as rule) s
            """;

    final HikariDataSource owner = TestPostgres.emptyLedger();
    final JdbcTemplate sql = new JdbcTemplate(owner);
    final HikariDataSource program = TestPostgres.programPool();
    final Path directory;

    SealedDatabase(Path directory) {
        this.directory = directory;
        // Numbers begin at 1 again, as in a ledger that has just been made.
        sql.execute("truncate ledger.domain_event, ledger.command_answer, ledger.upload_refusal restart identity");
    }

    Path keyFile() {
        return SealKey.in(directory);
    }

    Path lastCheckpoint() {
        return directory.resolve("last-checkpoint");
    }

    SigningKey key() {
        return SealKey.read(keyFile()).orElseThrow();
    }

    Seat.Outside outside() {
        return outside("");
    }

    Seat.Outside outside(String origin) {
        return new Seat.Outside(keyFile(), origin, new LastCheckpoint(lastCheckpoint()));
    }

    /** The place of whoever seals; one who has just left it may still be on the way. */
    Seat seat() throws SQLException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<Seat> seat = Seat.take(connection(), outside(), () -> NOW);
            if (seat.isPresent()) {
                return seat.get();
            }
            if (System.nanoTime() > until) {
                throw new AssertionError("somebody else seals the test's database");
            }
            Thread.onSpinWait();
        }
    }

    /** A connection of the program's role; not one of a pool, because it takes its lock along. */
    Connection connection() throws SQLException {
        return DriverManager.getConnection(program.getJdbcUrl(), program.getUsername(), program.getPassword());
    }

    /** Seals everything there is, in checkpoints of about so many leaves. */
    void seal(long most) throws SQLException {
        try (Seat seat = seat()) {
            while (seat.unsealed().rows() > 0) {
                seat.seal(Long.MAX_VALUE, most, NOW);
            }
        }
    }

    void append(String stream, int events) {
        sql.update(APPEND, stream, events);
    }

    static void append(Connection connection, String stream, int events) throws SQLException {
        try (var statement = connection.prepareStatement(APPEND)) {
            statement.setString(1, stream);
            statement.setInt(2, events);
            statement.executeUpdate();
        }
    }

    void accept() {
        sql.update(ANSWER, "ACCEPTED", "ACCEPTED");
    }

    void refuseUpload() {
        sql.update(
                "insert into ledger.upload_refusal (actor, role, on_behalf_of, received_at, declared, sha256, size_bytes,"
                        + " rule, about, stage, limit_figure, used_figure) values ('enterprise-1', 'ENTERPRISE', 'E1',"
                        + " timestamptz '2020-03-01 09:00:00+08', null, repeat('0', 64), 7, 'GZ-45', 'd', 'DOCUMENTS', '5', '7')");
    }

    void refuse() {
        sql.update(ANSWER, "REFUSED", "REFUSED");
    }

    /** The hashes of the rows that the runs name, one after the other. */
    List<Hash> leavesOfTheRuns() {
        var leaves = new ArrayList<Hash>();
        for (Run run : runs()) {
            leaves.addAll(sql.query(
                    run.source().leavesBetween(),
                    (row, n) -> Hash.ofLeaf(run.source().leaf().mapRow(row, n).line()),
                    run.firstSource(),
                    run.lastSource()));
        }
        return leaves;
    }

    List<Run> runs() {
        return new SealTables(sql).runsFrom(0);
    }

    List<Sealed> checkpoints() {
        return sql.query(
                "select " + SealTables.CHECKPOINT_COLUMNS + " from ledger.checkpoint order by size",
                SealTables::sealed);
    }

    /** As RFC 6962, section 2.1, defines it, and by nothing else. */
    static Hash root(List<Hash> leaves) {
        return switch (leaves.size()) {
            case 0 -> Hash.OF_NOTHING;
            case 1 -> leaves.getFirst();
            default -> {
                int left = Integer.highestOneBit(leaves.size() - 1);
                yield Hash.ofNode(root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
            }
        };
    }

    @Override
    public void close() {
        program.close();
        owner.close();
    }
}
