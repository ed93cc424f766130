package org.voucherledger.projections.books;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.voucherledger.projections.books.Reckoning.SetAside;

/**
 * All that the books of a batch or a scheme come to, so that ALL-03 can be reckoned again from these figures alone. Amounts in
 * fen.
 *
 * @param fundFen of the scheme; 0 for a batch
 * @param sums every account there is over the whole scope, those of nothing too
 * @param batches those of the scope by their ids; of a batch it is the batch itself
 */
public record Figures(Scope scope, long fundFen, SortedMap<Account, Long> sums, SortedMap<String, OfBatch> batches) {

    /** The accounts that a batch's budget lies in (ALL-03). */
    public static final List<Account> OF_A_BUDGET = Arrays.stream(Account.values())
            .filter(a -> a.book() == Book.MONEY && a != Account.TREASURY && a != Account.UNALLOCATED)
            .toList();

    /** A batch's budget as the authority's decisions say it, and the accounts that it lies in. */
    public record OfBatch(long budgetFen, SortedMap<Account, Long> accounts) {
        public OfBatch {
            accounts = complete(OF_A_BUDGET, accounts);
        }
    }

    public Figures {
        if (scope.kind() != ScopeKind.SCHEME && scope.kind() != ScopeKind.BATCH) {
            throw new IllegalArgumentException("whole figures are those of a scheme or a batch, not of a " + scope);
        }
        sums = complete(List.of(Account.values()), sums);
        batches = Collections.unmodifiableSortedMap(new TreeMap<>(batches));
    }

    private static SortedMap<Account, Long> complete(Collection<Account> accounts, Map<Account, Long> balances) {
        var all = new TreeMap<Account, Long>();
        accounts.forEach(account -> all.put(account, balances.getOrDefault(account, 0L)));
        return Collections.unmodifiableSortedMap(all);
    }

    /** The equations that these figures must keep, reckoned anew. */
    public TrialBalance trial() {
        boolean isAScheme = scope.kind() == ScopeKind.SCHEME;
        String scheme = isAScheme ? scope.id() : "";
        return new Reckoning(
                        scope,
                        sums,
                        isAScheme ? Map.of(scheme, sums) : Map.of(),
                        batches.entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, b -> b.getValue().accounts())),
                        isAScheme ? List.of(new SetAside(scheme, "", fundFen)) : List.of(),
                        batches.entrySet().stream()
                                .map(b -> new SetAside(
                                        scheme, b.getKey(), b.getValue().budgetFen()))
                                .toList())
                .trial();
    }

    /** What does not hold, in words with both sides: of ALL-03, or because the batches are not what the scope comes to. */
    public List<String> violations() {
        var violations = new ArrayList<>(trial().violations());
        for (Account account : OF_A_BUDGET) {
            long inBatches = batches.values().stream()
                    .mapToLong(batch -> batch.accounts().get(account))
                    .sum();
            if (inBatches != sums.get(account)) {
                violations.add(account + ": " + inBatches + " fen in the batches <> " + sums.get(account)
                        + " fen in the " + scope.kind().name().toLowerCase(Locale.ROOT));
            }
        }
        return List.copyOf(violations);
    }
}
