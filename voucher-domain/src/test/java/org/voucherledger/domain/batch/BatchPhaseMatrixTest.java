package org.voucherledger.domain.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.domain.batch.BatchCommand.Backfill;
import org.voucherledger.domain.batch.BatchCommand.CloseBatch;
import org.voucherledger.domain.batch.BatchCommand.CloseQueue;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.GrantApplications;
import org.voucherledger.domain.batch.BatchCommand.MoveDate;
import org.voucherledger.domain.batch.BatchCommand.PublishGrant;
import org.voucherledger.domain.batch.BatchCommand.RaiseBudget;
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;

/**
 * The rows of the transition table before a voucher exists: each command on a batch in each of its phases, early and late.
 * Applications are Queued in OPEN and ENDED, decided in GRANTED, Waiting in PUBLISHED.
 */
class BatchPhaseMatrixTest {

    /** What may be carried out in a phase, whenever it is tried. */
    private static final Map<BatchPhase, Set<String>> ALLOWED = Map.of(
            BatchPhase.OPEN, Set.of("EndApplications", "WithdrawApplication", "RaiseBudget", "MoveDate"),
            BatchPhase.ENDED, Set.of("GrantApplications", "RaiseBudget"),
            BatchPhase.GRANTED, Set.of("PublishGrant", "RaiseBudget"),
            BatchPhase.PUBLISHED, Set.of("Backfill", "CloseQueue", "CloseBatch", "RaiseBudget"),
            BatchPhase.CLOSED, Set.of());

    private static City in(BatchPhase phase) {
        var city = new City(GuangzhouTerms.with(d -> d.backfillUntil(shanghai("2020-07-01T00:00"))));
        city.opensBatch("B1", yuan(1_000), city.now(), city.now().plusSeconds(3_600))
                .wasAccepted();
        city.applies("E1", "B1", yuan(1_000)).wasAccepted();
        city.applies("E2", "B1", yuan(1_000)).wasAccepted();
        if (phase == BatchPhase.OPEN) {
            return city;
        }
        city.at(city.now().plusSeconds(3_600)).sends(new EndApplications("B1")).wasAccepted();
        if (phase.compareTo(BatchPhase.GRANTED) >= 0) {
            city.sends(new GrantApplications("B1", 100)).wasAccepted();
        }
        if (phase.compareTo(BatchPhase.PUBLISHED) >= 0) {
            city.sends(new PublishGrant("B1", 100)).wasAccepted();
        }
        if (phase == BatchPhase.CLOSED) {
            city.at("2021-01-01T00:00").sends(new CloseQueue("B1", 100)).wasAccepted();
            city.sends(new CloseBatch("B1")).wasAccepted();
        }
        assertThat(city.batch("B1").phase()).isEqualTo(phase);
        return city;
    }

    private static Map<String, Command> commands(City city) {
        var commands = new LinkedHashMap<String, Command>();
        for (Command command : new Command[] {
            new WithdrawApplication("B1", Cast.code("E1")),
            new EndApplications("B1"),
            new GrantApplications("B1", 100),
            new PublishGrant("B1", 100),
            new Backfill("B1", 100),
            new CloseQueue("B1", 100),
            new CloseBatch("B1"),
            new RaiseBudget("B1", 1, "notice", "追加"),
            new MoveDate("B1", BatchDate.APPLY_UNTIL, city.now().plusSeconds(86_400), "notice", "延长")
        }) {
            commands.put(command.getClass().getSimpleName(), command);
        }
        return commands;
    }

    @DisplayName("GZ-10, GZ-12, GZ-14: what a batch's phase does not admit is refused and leaves no event")
    @ParameterizedTest(name = "{0}")
    @EnumSource(BatchPhase.class)
    void refused(BatchPhase phase) {
        try (City city = in(phase)) {
            int refused = 0;
            for (String late : new String[] {null, "2021-02-01T00:00"}) {
                if (late != null) {
                    city.at(late);
                }
                for (var command : commands(city).entrySet()) {
                    if (!ALLOWED.get(phase).contains(command.getKey())) {
                        city.sends(command.getValue());
                        assertThat(city.lastOutcome().accepted())
                                .as("%s in %s", command.getKey(), phase)
                                .isFalse();
                        refused++;
                    }
                }
            }
            assertThat(refused).isGreaterThanOrEqualTo(10);
            assertThat(city.batch("B1").phase()).isEqualTo(phase);
            city.booksBalance();
        }
    }
}
