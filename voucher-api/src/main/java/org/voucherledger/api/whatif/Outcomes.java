package org.voucherledger.api.whatif;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchEvent.ApplicationGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationNotGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationSkipped;
import org.voucherledger.domain.batch.BatchEvent.ApplicationWaitlisted;
import org.voucherledger.domain.batch.BatchEvent.GrantPublished;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationWithdrawn;

/** The decisions of one batch up to the publication of its grant, read from its events and its queue's. */
final class Outcomes {

    private record Word(Fate fate, long amountFen, String rule, String about) {}

    private static final Word UNDECIDED = new Word(Fate.QUEUED, 0, null, null);
    private static final Word WITHDRAWN = new Word(Fate.WITHDRAWN, 0, null, null);

    private final Map<Long, ApplicationQueued> queued = new LinkedHashMap<>();
    private final Map<Long, Word> words = new HashMap<>();
    private final Map<Long, Long> places = new HashMap<>();

    private Outcomes() {}

    static Outcomes of(List<DomainEvent> queue, List<DomainEvent> batch) {
        var outcomes = new Outcomes();
        queue.forEach(outcomes::hear);
        for (DomainEvent event : batch) {
            if (event instanceof GrantPublished) {
                break;
            }
            outcomes.hear(event);
        }
        outcomes.rank();
        return outcomes;
    }

    private void hear(DomainEvent event) {
        switch (event) {
            case ApplicationQueued e -> queued.put(e.position(), e);
            case ApplicationWithdrawn e -> words.put(e.position(), WITHDRAWN);
            case ApplicationGranted e -> words.put(e.position(), new Word(Fate.GRANTED, e.amountFen(), null, null));
            case ApplicationSkipped e -> words.put(e.position(), new Word(Fate.SKIPPED, 0, e.rule(), e.about()));
            case ApplicationNotGranted e -> words.put(e.position(), new Word(Fate.NOT_GRANTED, 0, null, null));
            case ApplicationWaitlisted e -> words.put(e.position(), new Word(Fate.WAITING, 0, null, null));
            default -> {}
        }
    }

    /** The order in which the domain took them: by tier, then by position (GZ-12); shown, not decided here. */
    private void rank() {
        var live = queued.values().stream()
                .filter(each -> words.get(each.position()) != WITHDRAWN)
                .sorted(Comparator.comparingInt(ApplicationQueued::tier).thenComparingLong(ApplicationQueued::position))
                .toList();
        for (int i = 0; i < live.size(); i++) {
            places.put(live.get(i).position(), i + 1L);
        }
    }

    Iterable<ApplicationQueued> applications() {
        return queued.values();
    }

    Decided at(long position) {
        ApplicationQueued application = queued.get(position);
        Word word = words.getOrDefault(position, UNDECIDED);
        return new Decided(
                word.fate(),
                position,
                application.tier(),
                places.get(position),
                application.shareBasisPoints(),
                word.amountFen(),
                word.rule(),
                word.about());
    }
}
