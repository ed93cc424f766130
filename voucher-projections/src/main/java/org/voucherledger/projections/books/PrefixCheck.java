package org.voucherledger.projections.books;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.projections.projection.Told;

/**
 * Checks ALL-03 at every prefix of the log, two ways: by the postings of the events' amounts ({@link Journal}) and by the domain's
 * own states ({@link Recomputation}); after every event both must have moved the same between the same accounts, and every
 * equation must hold. A batch's and a scheme's own sums are kept by other events of the same command than the vouchers', so
 * these two are compared where a command ends, and nowhere else.
 */
public final class PrefixCheck {

    private final Journal journal = new Journal();
    private final Recomputation recomputation = new Recomputation();
    private final List<Recount> recounts;
    private String command = "";
    private Last last;
    private Violation violation;
    private boolean broken;

    private record Last(long position, DomainEvent event) {}

    /** @param recounts told of every posting */
    public PrefixCheck(Recount... recounts) {
        this.recounts = List.of(recounts);
    }

    void add(Told told) {
        add(told.position(), told.said(Stamp.COMMAND_ID), told.event());
    }

    /**
     * Adds the next event of the log.
     *
     * @param causedBy the command that it is of
     */
    public void add(long position, String causedBy, DomainEvent event) {
        if (broken) {
            return;
        }
        if (last != null && !causedBy.equals(command)) {
            commandEnds();
        }
        command = causedBy;
        last = new Last(position, event);
        var posted = new TreeMap<AccountKey, Long>();
        Journal.Entry entry = journal.post(event);
        recounts.forEach(recount -> recount.add(position, entry));
        for (JournalLine line : entry.lines()) {
            add(
                    posted,
                    AccountKey.of(line, line.posting().from()),
                    -line.posting().amountFen());
            add(posted, AccountKey.of(line, line.posting().to()), line.posting().amountFen());
        }
        journal.imbalances(this::violated);
        Map<AccountKey, Long> recomputed;
        try {
            recomputed = recomputation.add(event);
        } catch (RuntimeException cannotFollow) {
            // A history that the domain would never have written: there is no state to go on from.
            broken = true;
            violated("it cannot follow what went before (" + cannotFollow + ")");
            return;
        }
        posted.values().removeIf(fen -> fen == 0);
        compare(posted, recomputed);
        recomputation.imbalances(this::violated);
    }

    private static void add(Map<AccountKey, Long> changes, AccountKey key, long fen) {
        if (Recomputation.isKnown(key.account())) {
            changes.merge(key, fen, Long::sum);
        }
    }

    private void compare(Map<AccountKey, Long> posted, Map<AccountKey, Long> recomputed) {
        var keys = new TreeSet<>(posted.keySet());
        keys.addAll(recomputed.keySet());
        for (AccountKey key : keys) {
            long books = posted.getOrDefault(key, 0L);
            long state = recomputed.getOrDefault(key, 0L);
            if (books != state) {
                violated("%s: posted %d fen, by the states %d fen".formatted(key, books, state));
            }
        }
    }

    private void commandEnds() {
        recomputation.disagreements(this::violated);
    }

    /** To be told once after the last event, if the log is known to end there with a whole command. */
    public void ends() {
        if (last != null && !broken) {
            commandEnds();
        }
    }

    private void violated(String sentence) {
        if (violation == null) {
            violation = new Violation(
                    last.position(),
                    "after " + last.event().getClass().getSimpleName() + " in "
                            + last.event().streamId() + ": " + sentence);
        }
    }

    /** The first, which stays the first whatever is added after it. */
    public Optional<Violation> violation() {
        return Optional.ofNullable(violation);
    }

    /** What the domain's states say of every account in the end; empty if they could not be followed so far. */
    Optional<Map<AccountKey, Long>> recomputed() {
        return broken ? Optional.empty() : Optional.of(recomputation.balances());
    }
}
