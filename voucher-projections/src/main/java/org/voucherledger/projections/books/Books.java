package org.voucherledger.projections.books;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the books and holds them against ALL-03's equations. To be asked inside one snapshot. */
public final class Books {

    private final JdbcClient jdbc;

    public Books(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Everything. */
    public TrialBalance all() {
        return trial(entries(), funds("true"), budgets("true"));
    }

    /** One scheme with all its batches and memo books; empty if no fund was ever set for such a scheme. */
    public Optional<TrialBalance> ofScheme(String schemeId) {
        var funds = funds("id = ?", schemeId);
        return funds.isEmpty()
                ? Optional.empty()
                : Optional.of(trial(entries("scheme_id = ?", schemeId), funds, budgets("scheme_id = ?", schemeId)));
    }

    /** One batch: its own accounts and the memo books that are kept by batch; empty if there is no such batch. */
    public Optional<TrialBalance> ofBatch(String batchId) {
        var budgets = budgets("id = ?", batchId);
        return budgets.isEmpty()
                ? Optional.empty()
                : Optional.of(trial(entries("batch_id = ?", batchId), Map.of(), budgets));
    }

    private record Budget(String batchId, String schemeId, long fen) {}

    /** @param funds of whole schemes, or none where a part of one is looked at, of which only less can be said */
    private static TrialBalance trial(List<BookEntry> entries, Map<String, Long> funds, List<Budget> budgets) {
        var violations = new ArrayList<String>();
        if (!funds.isEmpty()) {
            booksSumToZero(entries, violations);
            funds.forEach((id, fund) -> fundIsWhole(id, fund, entries, budgets, violations));
        }
        budgets.forEach(budget -> budgetIsWhole(budget, entries, violations));
        entries.stream()
                .filter(e -> e.account().isOrigin() ? e.balanceFen() > 0 : e.balanceFen() < 0)
                .forEach(e -> violations.add("on the wrong side of zero: " + e));
        long fund = funds.values().stream().mapToLong(Long::longValue).sum();
        long budget = budgets.stream().mapToLong(Budget::fen).sum();
        var listed = entries.stream().filter(entry -> !isOfAParty(entry)).toList();
        return new TrialBalance(violations.isEmpty(), fund, budget, sums(entries), listed, List.copyOf(violations));
    }

    /** There are as many of these as there are parties; each stands in its party's account. */
    private static boolean isOfAParty(BookEntry entry) {
        return entry.book() == Book.ENTERPRISE_QUOTA || entry.book() == Book.PROVIDER_QUOTA;
    }

    private static void booksSumToZero(List<BookEntry> entries, List<String> violations) {
        entries.stream()
                .collect(Collectors.groupingBy(BookEntry::book, Collectors.summingLong(BookEntry::balanceFen)))
                .forEach((book, sum) -> {
                    if (sum != 0) {
                        violations.add("book " + book + " sums to " + sum + ", not to 0");
                    }
                });
    }

    /** ALL-03: fund = unallocated + Σ budgets. */
    private static void fundIsWhole(
            String schemeId, long fund, List<BookEntry> entries, List<Budget> budgets, List<String> violations) {
        long unallocated = entries.stream()
                .filter(e -> e.schemeId().equals(schemeId) && e.account() == Account.UNALLOCATED)
                .mapToLong(BookEntry::balanceFen)
                .sum();
        long allocated = budgets.stream()
                .filter(b -> b.schemeId().equals(schemeId))
                .mapToLong(Budget::fen)
                .sum();
        if (fund != unallocated + allocated) {
            violations.add("scheme %s: fund %d <> unallocated %d + budgets %d"
                    .formatted(schemeId, fund, unallocated, allocated));
        }
    }

    /** ALL-03: budget = available + held + ordered + paid + accepted + claimed + redeemed + lapsed. */
    private static void budgetIsWhole(Budget budget, List<BookEntry> entries, List<String> violations) {
        long sum = entries.stream()
                .filter(e -> e.book() == Book.MONEY && e.batchId().equals(budget.batchId()))
                .mapToLong(BookEntry::balanceFen)
                .sum();
        if (budget.fen() != sum) {
            violations.add(
                    "batch %s: budget %d <> sum of its accounts %d".formatted(budget.batchId(), budget.fen(), sum));
        }
    }

    private static List<TrialBalance.Sum> sums(List<BookEntry> entries) {
        var sums = new TreeMap<Account, Long>();
        entries.forEach(e -> sums.merge(e.account(), e.balanceFen(), Long::sum));
        return sums.entrySet().stream()
                .map(e -> new TrialBalance.Sum(e.getKey().book(), e.getKey(), e.getValue()))
                .toList();
    }

    /** Every account there is. */
    List<BookEntry> entries() {
        return entries("true");
    }

    private List<BookEntry> entries(String condition, Object... values) {
        return jdbc.sql("select book, scheme_id, batch_id, owner, account, balance_fen from view.balance where "
                        + condition + " order by book, scheme_id, batch_id, owner, account")
                .params(values)
                .query((row, n) -> new BookEntry(
                        Book.valueOf(row.getString(1)),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        Account.valueOf(row.getString(5)),
                        row.getLong(6)))
                .list();
    }

    private Map<String, Long> funds(String condition, Object... values) {
        var funds = new TreeMap<String, Long>();
        jdbc.sql("select id, fund_fen from view.fund where " + condition)
                .params(values)
                .query(row -> {
                    funds.put(row.getString(1), row.getLong(2));
                });
        return funds;
    }

    private List<Budget> budgets(String condition, Object... values) {
        return jdbc.sql("select id, scheme_id, budget_fen from view.budget where " + condition + " order by id")
                .params(values)
                .query((row, n) -> new Budget(row.getString(1), row.getString(2), row.getLong(3)))
                .list();
    }
}
