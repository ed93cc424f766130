package org.voucherledger.api.whatif;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.voucherledger.api.eventstore.EventsInOrder;
import org.voucherledger.domain.batch.BatchEvent.ApplicationsEnded;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.QueueEvent.ApplicationApproved;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationRejected;
import org.voucherledger.domain.batch.QueueEvent.ApplicationReserved;
import org.voucherledger.domain.scheme.SchemeEvent.SchemePublished;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.usedonce.UsedOnceKey;

/** What is known of a batch before it is told anew: how it ran, and which streams of the log bear on its decisions. */
final class PastBatch {

    /** How whoever vetted an application decided (CL-03). The reason is that of a rejection. */
    record Verdict(boolean approved, String reason) {}

    private final BatchOpened opened;
    private final Set<String> enterprisesByYear = new HashSet<>();
    private final Set<String> providers = new HashSet<>();
    private final Set<String> keys = new HashSet<>();
    private final Map<Long, Verdict> verdicts = new HashMap<>();
    private final Pattern ownVoucher;
    private Kind kind;
    private boolean ended;
    private long lastPosition;

    PastBatch(BatchOpened opened) {
        this.opened = opened;
        this.ownVoucher = Pattern.compile(Pattern.quote(opened.batchId()) + "-(?:A\\d+-V|T)\\d+");
    }

    /** An event of the batch, of its queue, or its scheme's. */
    void learn(EventsInOrder.Placed past) {
        switch (past.event()) {
            case ApplicationsEnded e -> ended = true;
            case ApplicationQueued e -> applied(e.enterpriseId(), Shanghai.yearOf(e.receivedAt()));
            case ApplicationReserved e -> {
                applied(e.enterpriseId(), Shanghai.yearOf(e.receivedAt()));
                providers.add(e.providerId());
            }
            case ApplicationApproved e -> verdicts.put(e.position(), new Verdict(true, null));
            case ApplicationRejected e -> verdicts.put(e.position(), new Verdict(false, e.reason()));
            case SchemePublished e ->
                kind = e.version() == opened.schemeVersion() ? e.terms().kind() : kind;
            default -> {}
        }
        if (!(past.event() instanceof SchemePublished)) {
            lastPosition = Math.max(lastPosition, past.position());
        }
    }

    private void applied(String enterpriseId, int year) {
        enterprisesByYear.add(enterpriseId + ":" + year);
    }

    /** A contract's item that one of the applications came with (GZ-26). */
    void learn(UsedOnceKey item) {
        keys.add(item.streamId());
    }

    BatchOpened opened() {
        return opened;
    }

    /** Of the version under which it ran. */
    Kind kind() {
        return kind;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Of the log's events about the batch and its queue. */
    long lastPosition() {
        return lastPosition;
    }

    /** {@code null} where it was never vetted. */
    Verdict verdictOn(long position) {
        return verdicts.get(position);
    }

    boolean isOwnVoucher(String voucherId) {
        return ownVoucher.matcher(voucherId).matches();
    }

    /** How the names of the streams begin that may bear on it. */
    List<String> beginnings() {
        String own = opened.batchId();
        String scheme = opened.schemeId();
        return switch (kind) {
            case SERVICE -> List.of("batch:" + own, "queue:" + own, "enterprisequota:" + scheme + ":");
            case CLOUD ->
                List.of(
                        "batch:" + own,
                        "queue:" + own,
                        "voucher:" + own + "-A",
                        "enterprisequota:" + scheme + ":",
                        "providerquota:" + scheme + ":",
                        "usedonce:contract_item:");
            case CONSUMPTION -> List.of("batch:" + own, "voucher:" + own + "-T");
        };
    }

    /** Whether a stream with such a beginning does. */
    boolean restsOn(String stream) {
        String[] name = stream.split(":");
        return switch (name[0]) {
            case "batch", "queue" -> name[1].equals(opened.batchId());
            case "voucher" -> isOwnVoucher(name[1]);
            case "enterprisequota" ->
                name[1].equals(opened.schemeId()) && enterprisesByYear.contains(name[2] + ":" + name[3]);
            case "providerquota" -> name[1].equals(opened.schemeId()) && providers.contains(name[2]);
            case "usedonce" -> keys.contains(stream);
            default -> false;
        };
    }
}
