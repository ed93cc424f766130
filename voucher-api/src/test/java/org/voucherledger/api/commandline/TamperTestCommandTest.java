package org.voucherledger.api.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.api.postgres.LedgerPostgres;
import org.voucherledger.api.seal.Finding;
import org.voucherledger.api.seal.Finding.Kind;
import org.voucherledger.api.seal.SealReport;
import org.voucherledger.api.seal.SealVerification;
import org.voucherledger.api.tampering.Campaign;
import org.voucherledger.api.tampering.Outcome;

/** A small campaign at a real ledger, and the same with verifications that do not see something, which must be missed. */
class TamperTestCommandTest {

    private static final String TAMPERS = "300";

    @TempDir
    private static Path data;

    private static String said;
    private static int status;

    @BeforeAll
    static void campaign() {
        var out = new StringWriter();
        status = VoucherCommandLine.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute("tamper-test", "--tampers", TAMPERS, "--seed", "2020", "--json", "--data", data.toString());
        said = out.toString();
    }

    @Test
    @DisplayName("each tampering is found with what, where and since when, and nothing where nothing was done")
    void all() {
        assertThat(said).doesNotContain("MISSED", "FALSE ALARM").contains("0 false alarms");
        assertThat(said.lines().reduce((first, last) -> last))
                .hasValue("{\"tried\":" + TAMPERS + ",\"found\":" + TAMPERS + ",\"missed\":0}");
        assertThat(status).isZero();
    }

    /** What somebody who had spoilt the verification would have made of its report. */
    private static SealReport without(Set<Kind> unseen, SealReport report) {
        List<Finding> seen = report.findings().stream()
                .filter(finding -> !unseen.contains(finding.kind()))
                .toList();
        return with(report, seen);
    }

    private static SealReport with(SealReport report, List<Finding> findings) {
        return new SealReport(
                report.key(),
                report.keyFromDatabase(),
                report.leaves(),
                report.events(),
                report.refusals(),
                report.checkpoints(),
                report.unsealed(),
                report.begunAnew(),
                report.took(),
                findings.size(),
                findings);
    }

    private static Outcome campaign(Campaign.Verification verification, List<Outcome.Missed> missed)
            throws SQLException {
        Path own = data.resolve("tamper-test");
        try (LedgerPostgres postgres = LedgerPostgres.start(own);
                Connection owner = DriverManager.getConnection(
                        postgres.jdbcUrl(),
                        postgres.owner().user(),
                        postgres.owner().password())) {
            return new Campaign(owner, TamperTestCommand.key(own), TamperTestCommand.lastCheckpoint(own), verification)
                    .run(150, 2020, outcome -> {}, missed::add);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ALTERED", "DROPPED", "TREE", "CHECKPOINT"})
    @DisplayName("a verification that does not see one kind of deed misses it, and the rest is found as before")
    void blind(Kind unseen) throws SQLException {
        var missed = new ArrayList<Outcome.Missed>();

        Outcome outcome = campaign(
                (connection, known) -> without(Set.of(unseen), SealVerification.verify(connection, known)), missed);

        assertThat(outcome.tried()).isEqualTo(150);
        assertThat(outcome.missed()).isPositive().isLessThan(outcome.tried()).isEqualTo(missed.size());
        assertThat(outcome.found()).isPositive();
    }

    @Test
    @DisplayName("a finding one position beside the deed is none")
    void beside() throws SQLException {
        var missed = new ArrayList<Outcome.Missed>();

        campaign(
                (connection, known) -> {
                    SealReport report = SealVerification.verify(connection, known);
                    return with(
                            report,
                            report.findings().stream()
                                    .map(TamperTestCommandTest::besideIt)
                                    .toList());
                },
                missed);

        assertThat(missed.stream().map(Outcome.Missed::tampering).collect(Collectors.toSet()))
                .contains("a byte of a payload", "another time");
    }

    private static Finding besideIt(Finding finding) {
        return finding.row() == null
                ? finding
                : new Finding(
                        finding.kind(),
                        finding.leaf(),
                        finding.table(),
                        finding.row() + 1,
                        finding.stream(),
                        finding.sequence(),
                        finding.after(),
                        finding.until(),
                        finding.words());
    }
}
