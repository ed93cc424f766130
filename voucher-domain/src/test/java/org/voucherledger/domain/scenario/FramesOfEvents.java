package org.voucherledger.domain.scenario;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.voucherledger.domain.audit.FrameItem;
import org.voucherledger.domain.audit.FrameScope;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.audit.MeanRating;
import org.voucherledger.domain.audit.Standing;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherState;

/** Frames as the log itself makes them: every event up to the position is told again, each time anew. Nobody looks for risks here. */
public record FramesOfEvents(Supplier<List<TrackedEventMessage<?>>> events) implements Frames {

    @Override
    public long toldUpTo() {
        var all = events.get();
        return all.isEmpty() ? -1 : positionOf(all.getLast());
    }

    @Override
    public long ratedUpTo() {
        return toldUpTo();
    }

    @Override
    public Collection<FrameItem> at(FrameScope scope, long position) {
        Collection<Standing> standings = standings(position);
        Map<String, MeanRating> ratings = ratings(standings);
        return standings.stream()
                .filter(scope::has)
                .map(voucher -> scope.item(voucher, ratings.get(voucher.providerId()), Set.of()))
                .toList();
    }

    @Override
    public Optional<MeanRating> rating(String providerId, long position) {
        return Optional.ofNullable(ratings(standings(position)).get(providerId));
    }

    private Collection<Standing> standings(long position) {
        Map<String, VoucherState> states = new HashMap<>();
        Map<String, Standing> standings = new TreeMap<>();
        for (var message : events.get()) {
            if (positionOf(message) <= position && message.getPayload() instanceof VoucherEvent event) {
                var after = states.getOrDefault(event.voucherId(), VoucherState.EMPTY)
                        .evolve(event);
                states.put(event.voucherId(), after);
                standings.put(event.voucherId(), Standing.after(standings.get(event.voucherId()), event, after));
            }
        }
        return standings.values();
    }

    private static Map<String, MeanRating> ratings(Collection<Standing> standings) {
        Map<String, MeanRating> ratings = new HashMap<>();
        standings.stream()
                .filter(voucher -> voucher.rating() != null)
                .forEach(voucher -> ratings.merge(
                        voucher.providerId(),
                        new MeanRating(1, voucher.rating()),
                        (a, b) -> new MeanRating(a.ratings() + b.ratings(), a.sum() + b.sum())));
        return ratings;
    }

    public static long positionOf(TrackedEventMessage<?> message) {
        return message.trackingToken().position().orElseThrow();
    }
}
