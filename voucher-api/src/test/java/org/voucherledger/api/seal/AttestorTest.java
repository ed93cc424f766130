package org.voucherledger.api.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.SignedNote;

/** On PostgreSQL: what is sealed under which checkpoint, and what is signed and what is not. */
class AttestorTest {

    private static final SignedNote STATEMENT = SignedNote.unsigned("something@v1\nledger x\n");

    @TempDir
    private Path directory;

    private SealedDatabase database;
    private Sealer sealer;

    @BeforeEach
    void threeCheckpoints() throws Exception {
        database = new SealedDatabase(directory);
        for (int i = 0; i < 3; i++) {
            database.append("voucher:V" + i, 2);
            database.refuse();
            database.seal(100);
        }
        sealer = new Sealer(
                database::connection,
                database.outside(),
                () -> new BooksGuard.Balance(Long.MAX_VALUE, Optional.empty()),
                new SealSettings(true, 1, Duration.ZERO, "", "", List.of()),
                () -> SealedDatabase.NOW,
                checkpoint -> {});
    }

    @AfterEach
    void close() {
        sealer.close();
        database.close();
    }

    private Attestor attestor() {
        return new Attestor(new JdbcTemplate(database.program), sealer, database.keyFile());
    }

    @Test
    @DisplayName("ALL-03: a position is covered by the smallest checkpoint that has it, whatever was sealed after it")
    void covering() {
        var sizes = database.checkpoints().stream().map(Sealed::size).toList();
        assertThat(sizes).hasSize(3);
        for (int event = 1; event <= 6; event++) {
            Attestor.Covered covered = attestor().covering(event);
            assertThat(covered.position()).isEqualTo(event);
            assertThat(covered.checkpoint().size()).isEqualTo(sizes.get((event - 1) / 2));
        }
        assertThat(attestor().covering(1).recordedAt()).isEqualTo(Instant.parse("2020-03-01T01:00:00Z"));
    }

    @Test
    @DisplayName(
            "ALL-03: the last sealed event is covered, the next one is not until it is sealed; before the first is nothing")
    void notSealedYet() throws Exception {
        database.append("voucher:V9", 1);

        assertThat(attestor().sealedUpTo()).isEqualTo(6);
        assertThat(attestor().covering(6).position()).isEqualTo(6);
        for (long position : new long[] {7, 8, 0, -1}) {
            assertThatThrownBy(() -> attestor().covering(position)).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.decision().rule()).isEqualTo(Rule.ALL_03);
                assertThat(refused.decision().about()).isEqualTo("NotSealedYet");
            });
        }
        database.seal(100);
        assertThat(attestor().covering(7).position()).isEqualTo(7);
        assertThat(attestor().covering(8).position())
                .as("the last event up to there")
                .isEqualTo(7);
    }

    @Test
    @DisplayName("what is signed is signed by the key of the log; a key that is away or another signs nothing")
    void onlyTheKeyOfTheLog() throws Exception {
        assertThat(attestor().sign(STATEMENT).isSignedBy(database.key().publicKey()))
                .isTrue();

        Files.delete(database.keyFile());
        assertThatThrownBy(() -> attestor().sign(STATEMENT))
                .isInstanceOf(SealAlarm.class)
                .hasMessageContaining("no key");
        SealKey.make(database.keyFile(), "ledger.example/other", KeyType.NOTE);
        assertThatThrownBy(() -> attestor().sign(STATEMENT))
                .isInstanceOf(SealAlarm.class)
                .hasMessageContaining("not the one that seals");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\n1\nroot\n", "x\n0\nroot\nmore\n"})
    @DisplayName("no checkpoint, nor what could be taken for one, is signed but where the log is sealed")
    void noCheckpoint(String text) {
        assertThatThrownBy(() -> attestor().sign(SignedNote.unsigned(text)))
                .isInstanceOf(IllegalArgumentException.class);
        Checkpoint newest = attestor().covering(6).checkpoint();
        assertThatThrownBy(() -> attestor().sign(newest.unsigned())).isInstanceOf(IllegalArgumentException.class);
    }
}
