package org.voucherledger.domain.redemption;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.redemption.SettlementEvent.ClaimNumbered;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentAwaited;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentCalledOff;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentMade;
import org.voucherledger.domain.redemption.SettlementEvent.PaymentReopened;

/**
 * Who waits to be paid, in the order in which they are: by tier, then by claim (CL-03, GZ-43).
 *
 * <p>Only what is approved, published and unpaid stands here. It is kept in pages, because the state is a value and each
 * change makes a new one: a change copies its own page and the list of pages, not all that wait.
 *
 * @param lastNumber the place in the order of claim that was given last
 * @param paidOut what the bank has paid, what it sent back not counted
 */
public record SettlementState(long lastNumber, Fen paidOut, SortedMap<Page, SortedMap<Long, Awaited>> waiting)
        implements State<SettlementState, SettlementEvent> {

    private static final long NUMBERS_A_PAGE = 256;

    /** Neighbours in the order. */
    public record Page(int tier, long page) implements Comparable<Page> {

        static Page of(int tier, long number) {
            return new Page(tier, number / NUMBERS_A_PAGE);
        }

        @Override
        public int compareTo(Page other) {
            return tier == other.tier ? Long.compare(page, other.page) : Integer.compare(tier, other.tier);
        }
    }

    /** One that waits to be paid. */
    public record Awaited(String claimId, String voucherId, int tier, long number, Instant noticeEndsAt) {}

    public static final SettlementState EMPTY = new SettlementState(0, Fen.ZERO, new TreeMap<>());

    @Override
    public boolean exists() {
        return lastNumber > 0;
    }

    public boolean awaits(int tier, long number) {
        return waiting.getOrDefault(Page.of(tier, number), new TreeMap<>()).containsKey(number);
    }

    /** Those whose turn is before this place and whose notice is over, the first of them first. */
    public Stream<Awaited> before(int tier, long number, Instant now) {
        Page own = Page.of(tier, number);
        Stream<Awaited> earlierPages =
                waiting.headMap(own).values().stream().map(Map::values).flatMap(Collection::stream);
        Stream<Awaited> ownPage = waiting.getOrDefault(own, new TreeMap<>()).headMap(number).values().stream();
        return Stream.concat(earlierPages, ownPage).filter(each -> !now.isBefore(each.noticeEndsAt()));
    }

    @Override
    public SettlementState evolve(SettlementEvent event) {
        return switch (event) {
            case ClaimNumbered e -> new SettlementState(e.number(), paidOut, waiting);
            case PaymentAwaited e ->
                with(new Awaited(e.claimId(), e.voucherId(), e.tier(), e.number(), e.noticeEndsAt()));
            case PaymentMade e -> without(e.tier(), e.number()).paid(paidOut.plus(Fen.of(e.amountFen())));
            case PaymentCalledOff e -> without(e.tier(), e.number());
            case PaymentReopened e ->
                with(new Awaited(e.claimId(), e.voucherId(), e.tier(), e.number(), e.noticeEndsAt()))
                        .paid(paidOut.minus(Fen.of(e.amountFen())));
        };
    }

    private SettlementState with(Awaited awaited) {
        var page = new TreeMap<>(page(awaited.tier(), awaited.number()));
        page.put(awaited.number(), awaited);
        return with(Page.of(awaited.tier(), awaited.number()), page);
    }

    private SettlementState without(int tier, long number) {
        var page = new TreeMap<>(page(tier, number));
        page.remove(number);
        return with(Page.of(tier, number), page);
    }

    private SortedMap<Long, Awaited> page(int tier, long number) {
        return waiting.getOrDefault(Page.of(tier, number), new TreeMap<>());
    }

    private SettlementState with(Page place, SortedMap<Long, Awaited> page) {
        var next = new TreeMap<>(waiting);
        if (page.isEmpty()) {
            next.remove(place);
        } else {
            next.put(place, page);
        }
        return new SettlementState(lastNumber, paidOut, next);
    }

    private SettlementState paid(Fen sum) {
        return new SettlementState(lastNumber, sum, waiting);
    }
}
