package org.voucherledger.api.whatif;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchEvent.ApplicationGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationNotGranted;
import org.voucherledger.domain.batch.BatchEvent.ApplicationSkipped;
import org.voucherledger.domain.batch.BatchEvent.ApplicationWaitlisted;
import org.voucherledger.domain.batch.BatchEvent.GrantPublished;
import org.voucherledger.domain.batch.BatchEvent.MoneyTaken;
import org.voucherledger.domain.batch.QueueEvent.ApplicationApproved;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRecalled;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRejected;
import org.voucherledger.domain.batch.QueueEvent.ApplicationReserved;
import org.voucherledger.domain.batch.QueueEvent.ApplicationWithdrawn;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherTaken;

/** The decisions of one batch up to the publication of its grant, where there is one, heard from its events in their order. */
final class Outcomes {

    /** Who asked for how much. The tier and the share are {@code null} where nothing is granted down a queue. */
    record Asked(
            long position,
            String applicationId,
            String applicantId,
            Integer tier,
            Integer shareBasisPoints,
            long amountFen) {}

    private record Word(Fate fate, long amountFen, String rule, String about) {}

    private static final Word UNDECIDED = new Word(Fate.QUEUED, 0, null, null);
    private static final Word WITHDRAWN = new Word(Fate.WITHDRAWN, 0, null, null);

    private final Map<Long, Asked> asked = new LinkedHashMap<>();
    private final Map<Long, Word> words = new HashMap<>();
    private final Map<Long, Long> places = new HashMap<>();
    private boolean published;

    void hear(DomainEvent event) {
        if (published) {
            return;
        }
        switch (event) {
            case ApplicationQueued e ->
                asked.put(
                        e.position(),
                        new Asked(
                                e.position(),
                                e.applicationId(),
                                e.enterpriseId(),
                                e.tier(),
                                e.shareBasisPoints(),
                                e.amountFen()));
            case ApplicationReserved e ->
                asked.put(
                        e.position(),
                        new Asked(
                                e.position(),
                                e.applicationId(),
                                e.enterpriseId(),
                                e.tier(),
                                e.shareBasisPoints(),
                                e.amountFen()));
            case ApplicationWithdrawn e -> words.put(e.position(), WITHDRAWN);
            case ApplicationRecalled e -> words.put(e.position(), WITHDRAWN);
            case ApplicationGranted e -> words.put(e.position(), new Word(Fate.GRANTED, e.amountFen(), null, null));
            case ApplicationApproved e -> words.put(e.position(), new Word(Fate.GRANTED, e.amountFen(), null, null));
            case ApplicationSkipped e -> words.put(e.position(), new Word(Fate.SKIPPED, 0, e.rule(), e.about()));
            case ApplicationNotGranted e -> words.put(e.position(), new Word(Fate.NOT_GRANTED, 0, null, null));
            case ApplicationRejected e ->
                words.put(e.position(), new Word(Fate.NOT_GRANTED, 0, Rule.CL_03.id(), e.reason()));
            case ApplicationWaitlisted e -> words.put(e.position(), new Word(Fate.WAITING, 0, null, null));
            case MoneyTaken e -> take(new Asked(asked.size() + 1L, e.voucherId(), "", null, null, e.amountFen()));
            case VoucherTaken e -> named(e.holderRef());
            case GrantPublished e -> published = true;
            default -> {}
        }
    }

    private void take(Asked taken) {
        asked.put(taken.position(), taken);
        words.put(taken.position(), new Word(Fate.GRANTED, taken.amountFen(), null, null));
    }

    /** The money of a take is told before its voucher, which knows the holder. */
    private void named(String holderRef) {
        Asked last = asked.get((long) asked.size());
        asked.put(
                last.position(),
                new Asked(last.position(), last.applicationId(), holderRef, null, null, last.amountFen()));
    }

    /** When all has been heard: the order in which the domain took them, by tier, then by position (GZ-12, CL-03). */
    Outcomes over() {
        var live = asked.values().stream()
                .filter(each -> each.tier() != null && words.get(each.position()) != WITHDRAWN)
                .sorted(Comparator.comparingInt(Asked::tier).thenComparingLong(Asked::position))
                .toList();
        for (int i = 0; i < live.size(); i++) {
            places.put(live.get(i).position(), i + 1L);
        }
        return this;
    }

    /** In the order of their receipt. */
    Collection<Asked> applications() {
        return asked.values();
    }

    Decided at(long position) {
        Asked application = asked.get(position);
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
