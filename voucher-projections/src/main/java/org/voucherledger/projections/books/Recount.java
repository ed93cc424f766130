package org.voucherledger.projections.books;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.voucherledger.projections.books.Figures.OfBatch;

/** Counts a scope's figures again while {@link PrefixCheck} posts the events of a whole log, up to a position. */
public final class Recount {

    private final Scope scope;
    private final long until;
    private final Map<Account, Long> sums = new EnumMap<>(Account.class);
    private final Map<String, Map<Account, Long>> ofBatches = new TreeMap<>();
    private final Map<String, Long> budgets = new TreeMap<>();
    private Long fundFen;

    /**
     * @param scope a scheme or a batch
     * @param until the last position that counts
     */
    public Recount(Scope scope, long until) {
        this.scope = scope;
        this.until = until;
    }

    void add(long position, Journal.Entry entry) {
        if (position > until) {
            return;
        }
        Allotment setAside = entry.allotment();
        if (setAside != null && isMine(setAside.schemeId(), setAside.batchId())) {
            if (setAside.isOfAFund()) {
                fundFen = (fundFen == null ? 0 : fundFen) + setAside.changeFen();
            } else {
                budgets.merge(setAside.batchId(), setAside.changeFen(), Long::sum);
            }
        }
        for (JournalLine line : entry.lines()) {
            Posting posting = line.posting();
            if (isMine(line.schemeId(), posting.batchId())) {
                move(sums, posting);
                if (!posting.batchId().isEmpty()) {
                    move(ofBatches.computeIfAbsent(posting.batchId(), id -> new EnumMap<>(Account.class)), posting);
                }
            }
        }
    }

    private boolean isMine(String schemeId, String batchId) {
        return scope.id().equals(scope.kind() == ScopeKind.SCHEME ? schemeId : batchId);
    }

    private static void move(Map<Account, Long> balances, Posting posting) {
        balances.merge(posting.from(), -posting.amountFen(), Long::sum);
        balances.merge(posting.to(), posting.amountFen(), Long::sum);
    }

    /** What was counted; empty if nothing was set aside for the scope by then. */
    public Optional<Figures> figures() {
        if (fundFen == null && budgets.isEmpty()) {
            return Optional.empty();
        }
        var batches = new TreeMap<String, OfBatch>();
        budgets.forEach((id, budget) ->
                batches.put(id, new OfBatch(budget, new TreeMap<>(ofBatches.getOrDefault(id, Map.of())))));
        return Optional.of(new Figures(scope, fundFen == null ? 0 : fundFen, new TreeMap<>(sums), batches));
    }
}
