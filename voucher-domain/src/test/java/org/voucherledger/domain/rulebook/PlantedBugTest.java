package org.voucherledger.domain.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.voucher.VoucherCommand.AcceptVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmOrder;
import org.voucherledger.domain.voucher.VoucherCommand.DeclineOrder;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.domain.voucher.VoucherStatus;

/** A comparison that cannot fail proves nothing: each of these bugs must be seen by the random season. */
class PlantedBugTest {

    /** Declines an order but forgets to release the provider's quota (GZ-21). */
    static final class DeclineKeepsTheQuota {
        private final Ledger ledger;

        DeclineKeepsTheQuota(Ledger ledger) {
            this.ledger = ledger;
        }

        @CommandHandler
        public void handle(DeclineOrder decline, Stamp stamp) {
            var dossier = VoucherDossier.of(ledger, decline.voucherId());
            Checks.inOrder(
                    () -> stamp.actsFor(dossier.providerId()),
                    () -> dossier.isIn(Rule.GZ_20, "decline", Set.of(VoucherStatus.ORDERED)),
                    dossier::isNotFrozen,
                    () -> Rule.GZ_20.before(
                            Check.DEADLINE,
                            "VoucherExpired",
                            dossier.deadlines().validUntil(),
                            stamp.receivedAt()));
            dossier.record(new VoucherEvent.OrderDeclined(
                    decline.voucherId(),
                    dossier.batchId(),
                    dossier.voucher().face().value(),
                    decline.reason()));
        }
    }

    /** Accepts what is paid, frozen or not (GZ-32), and too late (GZ-33). */
    static final class AcceptLooksAtTheStateOnly {
        private final Ledger ledger;

        AcceptLooksAtTheStateOnly(Ledger ledger) {
            this.ledger = ledger;
        }

        @CommandHandler
        public void handle(AcceptVoucher accept, Stamp stamp) {
            var voucher = ledger.voucher(accept.voucherId());
            VoucherState v = voucher.now();
            if (v.status() == VoucherStatus.PAID) {
                voucher.record(new VoucherEvent.VoucherAccepted(
                        accept.voucherId(), v.issue().batchId(), v.paid().value()));
            }
        }
    }

    /** Accepts a confirmation in silence where nothing has been ordered. */
    static final class ConfirmAnything {
        @CommandHandler
        public void handle(ConfirmOrder confirm, Stamp stamp) {
            assertThat(confirm.voucherId()).isNotEmpty();
        }
    }

    static Stream<Arguments> bugs() {
        return Stream.of(
                Arguments.of(
                        "declining keeps the provider's quota",
                        bug(DeclineKeepsTheQuota::new),
                        "reserved and taken|ProviderCapExceeded"),
                Arguments.of(
                        "accepting looks at the state only", bug(AcceptLooksAtTheStateOnly::new), "must be refused by"),
                Arguments.of(
                        "confirming is never refused",
                        bug(ledger -> new ConfirmAnything()),
                        // Whichever comes first: one that is not admitted, or one that is and leaves nothing behind.
                        "must be refused by|status of"));
    }

    /** Gives the lambda its type. */
    private static Function<Ledger, Object> bug(Function<Ledger, Object> faulty) {
        return faulty;
    }

    @DisplayName("ALL-03: a planted bug is caught")
    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void isCaught(String bug, Function<Ledger, Object> faulty, String complaint) {
        String caught = "";
        for (long seed = 1; seed <= 10 && caught.isEmpty(); seed++) {
            try (var season = new RandomSeason(seed, (ledger, handlers) -> {
                List<Object> tampered = new ArrayList<>(handlers);
                tampered.add(faulty.apply(ledger));
                return tampered;
            })) {
                season.take(1_500);
            } catch (AssertionError difference) {
                caught = difference.getMessage();
                assertThat(caught).containsPattern("seed " + seed + ", (after )?step ");
            }
        }
        assertThat(caught).as("the random season must notice that %s", bug).containsPattern(complaint);
    }
}
