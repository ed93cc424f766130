package org.voucherledger.projections.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BackAccount;
import org.voucherledger.domain.batch.BatchEvent.BudgetRaised;
import org.voucherledger.domain.batch.BatchEvent.BudgetTakenBack;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.SchemeEvent.FundAllocated;
import org.voucherledger.domain.voucher.VoucherEvent.RemainderLapsed;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherIssued;
import org.voucherledger.projections.fixture.RandomCity;

/** ALL-03 at the limits: what is just still whole, and what is a fen too much. */
class PrefixLimitsTest {

    private static final String SCHEME = GuangzhouTerms.SCHEME;

    @Test
    @DisplayName("ALL-03: a batch cannot be given more than the fund has, to the fen")
    void fundIsEnough() {
        try (var city = new RandomCity(7).lives(120)) {
            long left = 0;
            var trial = new Recomputation();
            for (TrackedEventMessage<?> message : city.events()) {
                trial.add((DomainEvent) message.getPayload());
            }
            for (var balance : trial.balances().entrySet()) {
                if (balance.getKey().account() == Account.UNALLOCATED) {
                    left = balance.getValue();
                }
            }
            assertThat(left).isPositive();
            assertThat(replayed(city).after(raised(left), "next")).isEmpty();
            assertThat(replayed(city).after(raised(left + 1), "next"))
                    .hasValueSatisfying(wrong -> assertThat(wrong).contains("UNALLOCATED", "-1 fen"));
        }
    }

    @Test
    @DisplayName("ALL-03: a batch cannot give back what it does not have, nor grant it, to the fen")
    void batchIsEnough() {
        try (var city = new RandomCity(7).lives(120)) {
            assertThat(richer(city).after(takenBack(1_000), "next")).isEmpty();
            assertThat(richer(city).after(takenBack(1_001), "next"))
                    .hasValueSatisfying(wrong -> assertThat(wrong).contains("AVAILABLE", "B1", "-1 fen"));
            var known = (VoucherIssued) city.events().stream()
                    .map(TrackedEventMessage::getPayload)
                    .filter(VoucherIssued.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            assertThat(richer(city).after(issued(known, 1_000), "next")).isEmpty();
            assertThat(richer(city).after(issued(known, 1_001), "next"))
                    .hasValueSatisfying(wrong -> assertThat(wrong).contains("AVAILABLE", "B1", "-1 fen"));
        }
    }

    @Test
    @DisplayName("ALL-03: a voucher's money goes back to its own batch only")
    void ownBatch() {
        try (var city = new RandomCity(7).lives(120)) {
            var known = (VoucherIssued) city.events().stream()
                    .map(TrackedEventMessage::getPayload)
                    .filter(VoucherIssued.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            var books = richer(city);
            assertThat(books.after(issued(known, 1_000), "next")).isEmpty();
            assertThat(books.after(new RemainderLapsed("another", "B1", 1, BackAccount.LAPSED), "next"))
                    .isEmpty();
            assertThat(books.after(new RemainderLapsed("another", "B2", 1, BackAccount.LAPSED), "next"))
                    .hasValueSatisfying(wrong -> assertThat(wrong).contains("HELD", "B2", "-1 fen"));
        }
    }

    @Test
    @DisplayName("ALL-03: when a command is done, the batch's own figures are those of its vouchers")
    void ownFigures() {
        try (var city = new RandomCity(7).lives(120)) {
            var known = (VoucherIssued) city.events().stream()
                    .map(TrackedEventMessage::getPayload)
                    .filter(VoucherIssued.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            var books = richer(city);
            // Only half of a grant: the batch has not recorded that it granted anything.
            assertThat(books.after(issued(known, 1_000), "next")).isEmpty();
            assertThat(books.after(new RemainderLapsed("another", "B1", 1, BackAccount.LAPSED), "later"))
                    .hasValueSatisfying(wrong ->
                            assertThat(wrong).contains("its state says available 1000 fen", "its vouchers say 0"));
        }
    }

    private static Growing replayed(RandomCity city) {
        var books = new Growing();
        city.events()
                .forEach(message -> assertThat(books.after((DomainEvent) message.getPayload(), (String)
                                message.getMetaData().get(Stamp.COMMAND_ID)))
                        .isEmpty());
        return books;
    }

    /** The same season, after whose end a batch that had nothing left was given ten yuan. */
    private static Growing richer(RandomCity city) {
        var trial = new Recomputation();
        city.events().forEach(message -> trial.add((DomainEvent) message.getPayload()));
        assertThat(trial.balances()).doesNotContainKey(new AccountKey(SCHEME, "B1", "", Account.AVAILABLE));
        var books = replayed(city);
        assertThat(books.after(raised(1_000), "raised")).isEmpty();
        assertThat(books.after(new FundAllocated(SCHEME, "B1", GuangzhouTerms.CITY, 1_000), "raised"))
                .isEmpty();
        return books;
    }

    private static BudgetRaised raised(long fen) {
        return new BudgetRaised("B1", SCHEME, fen, "notice", "reason");
    }

    private static BudgetTakenBack takenBack(long fen) {
        return new BudgetTakenBack("B1", SCHEME, BackAccount.AVAILABLE, fen, "notice", "reason");
    }

    private static VoucherIssued issued(VoucherIssued like, long fen) {
        return new VoucherIssued(
                "another",
                "B1",
                SCHEME,
                like.schemeVersion(),
                like.applicationId(),
                like.enterpriseId(),
                like.quotaYear(),
                like.shareBasisPoints(),
                fen,
                like.issuedAt(),
                false);
    }

    /** A log to which events are added by hand. */
    private static final class Growing {
        private final PrefixCheck check = new PrefixCheck();
        private long position;

        Optional<String> after(DomainEvent event, String command) {
            check.add(++position, command, event);
            return check.violation().map(Violation::sentence);
        }
    }
}
