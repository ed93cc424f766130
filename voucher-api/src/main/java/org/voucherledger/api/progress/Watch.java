package org.voucherledger.api.progress;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Says of every long run how fast it goes and when it will be over, by what it has done while somebody was watching. The time is
 * the machine's, not the ledger's: a rehearsal, too, takes as long as it takes.
 */
@Component
class Watch implements MeterBinder {

    private static final long LOOKED_BACK = Duration.ofSeconds(30).toNanos();
    private static final long WORTH_A_MARK = Duration.ofMillis(200).toNanos();
    private static final double NANOS_A_SECOND = 1e9;

    private record Mark(long nanos, long done) {}

    private record Name(LongRun.Kind kind, String subject) {
        static Name of(LongRun run) {
            return new Name(run.kind(), run.subject());
        }
    }

    private final List<LongRuns> sources;
    private final LongSupplier nanoTime;
    private final Map<Name, Deque<Mark>> marks = new HashMap<>();

    @Autowired
    Watch(List<LongRuns> sources) {
        this(sources, System::nanoTime);
    }

    Watch(List<LongRuns> sources, LongSupplier nanoTime) {
        this.sources = sources;
        this.nanoTime = nanoTime;
    }

    /**
     * A long run that is watched.
     *
     * @param perSecond how many a second were done in the last half minute, of which at least the time since it was asked first;
     *     {@code null} where it has not been asked before
     * @param secondsLeft how long the rest takes at that pace; {@code null} where that is not known or it stands still
     */
    record Watched(
            LongRun.Kind kind, String subject, long done, long of, long left, Double perSecond, Long secondsLeft) {}

    synchronized List<Watched> now() {
        List<LongRun> underWay =
                sources.stream().flatMap(source -> source.underWay().stream()).toList();
        marks.keySet().retainAll(underWay.stream().map(Name::of).collect(Collectors.toSet()));
        return underWay.stream().map(this::watched).toList();
    }

    private Watched watched(LongRun run) {
        long now = nanoTime.getAsLong();
        Deque<Mark> seen = marks.computeIfAbsent(Name.of(run), name -> new ArrayDeque<>());
        if (!seen.isEmpty() && run.done() < seen.getLast().done()) {
            // It is another one of the same name.
            seen.clear();
        }
        while (seen.size() > 1 && now - seen.getFirst().nanos() > LOOKED_BACK) {
            seen.removeFirst();
        }
        Double perSecond = seen.isEmpty() || now == seen.getFirst().nanos()
                ? null
                : (run.done() - seen.getFirst().done())
                        * NANOS_A_SECOND
                        / (now - seen.getFirst().nanos());
        if (seen.isEmpty() || now - seen.getLast().nanos() >= WORTH_A_MARK) {
            seen.addLast(new Mark(now, run.done()));
        }
        Long secondsLeft = perSecond == null || perSecond == 0 ? null : (long) Math.ceil(run.left() / perSecond);
        return new Watched(run.kind(), run.subject(), run.done(), run.of(), run.left(), perSecond, secondsLeft);
    }

    /** What is left of each kind, and how many a second are done. */
    @Override
    public void bindTo(MeterRegistry registry) {
        for (LongRun.Kind kind : LongRun.Kind.values()) {
            gauge(registry, kind, "ledger.progress.left", "what is left of the runs that are under way", Watched::left);
            gauge(
                    registry,
                    kind,
                    "ledger.progress.rate",
                    "how many a second are done by the runs that are under way",
                    watched -> watched.perSecond() == null ? 0 : watched.perSecond());
        }
    }

    private void gauge(
            MeterRegistry registry,
            LongRun.Kind kind,
            String name,
            String description,
            ToDoubleFunction<Watched> value) {
        ToDoubleFunction<Watch> sum = watch -> watch.now().stream()
                .filter(watched -> watched.kind() == kind)
                .mapToDouble(value)
                .sum();
        Gauge.builder(name, this, sum)
                .description(description)
                .tag("kind", kind.name())
                .register(registry);
    }
}
