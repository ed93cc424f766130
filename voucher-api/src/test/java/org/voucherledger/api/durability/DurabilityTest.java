package org.voucherledger.api.durability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.api.durability.Campaign.Victim;
import org.voucherledger.api.pipeline.PlantedProgram.Bug;
import org.voucherledger.api.security.DevelopmentKey;
import org.voucherledger.api.security.DevelopmentTokens;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;

/**
 * What was acknowledged survives kill -9 of the program and of PostgreSQL, and nothing is done twice.
 *
 * <p>Short by default; {@code -Dkills=100} makes a campaign of it, {@code -Dseed=N} repeats one.
 */
@Tag("durability")
class DurabilityTest {

    private static final int KILLS = Integer.getInteger("kills", 3);
    private static final long SEED = Long.getLong("seed", 20200401);

    @TempDir
    private Path directory;

    @Test
    void nothing_acknowledged_is_lost_and_nothing_is_done_twice() throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));
        String token = new DevelopmentTokens(DevelopmentKey.of(data))
                .sign(Actor.of("operator-1", Role.OPERATOR), Instant.now(), Duration.ofDays(1));

        try (var program = Program.real(data, log())) {
            program.start();
            Campaign.Result result = new Campaign(program, token, directory, SEED).run(victims(), 400);

            System.out.println(result);
            assertThat(result.verdict().lost()).as(result.toString()).isEmpty();
            assertThat(result.verdict().doubled()).as(result.toString()).isEmpty();
            assertThat(result.verdict().acknowledged()).isGreaterThan(KILLS);
        }
    }

    /** The check can fail: it sees each bug that it is there for, planted in a small program. */
    @ParameterizedTest
    @EnumSource
    void the_check_sees_a_planted_bug(Bug bug) throws Exception {
        Path data = Files.createDirectories(directory.resolve("data"));

        try (var program = Program.planted(bug, data, log())) {
            program.start();
            Campaign.Result result = new Campaign(program, "", directory, SEED).run(List.of(Victim.ITSELF), 100);

            System.out.println(bug + ": " + result);
            switch (bug) {
                case NONE ->
                    assertThat(result.verdict().isClean()).as(result.toString()).isTrue();
                case ACKNOWLEDGES_BEFORE_THE_COMMIT ->
                    assertThat(result.verdict().lost()).as(result.toString()).isNotEmpty();
                case KEEPS_ANSWERS_OUTSIDE_THE_TRANSACTION ->
                    assertThat(result.verdict().doubled()).as(result.toString()).isNotEmpty();
            }
        }
    }

    /** Each kind in turn, then by chance. */
    private static List<Victim> victims() {
        var random = new Random(SEED);
        Victim[] kinds = {Victim.PROGRAM, Victim.POSTGRES, Victim.BOTH};
        return Stream.concat(
                        Stream.of(kinds),
                        IntStream.generate(() -> random.nextInt(kinds.length)).mapToObj(i -> kinds[i]))
                .limit(KILLS)
                .toList();
    }

    private static Path log() throws Exception {
        return Files.createDirectories(Path.of("target", "durability")).resolve("program.log");
    }
}
