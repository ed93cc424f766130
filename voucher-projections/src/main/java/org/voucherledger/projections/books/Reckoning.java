package org.voucherledger.projections.books;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.voucherledger.projections.books.TrialBalance.Entry;
import org.voucherledger.projections.books.TrialBalance.Equation;

/** Holds the balances of a scope against ALL-03's equations. */
final class Reckoning {

    /** @param schemeId whose budget or fund it is */
    record SetAside(String schemeId, String batchId, long fen) {}

    private final Scope scope;
    private final Map<Account, Long> sums;
    private final Map<String, Map<Account, Long>> ofSchemes;
    private final Map<String, Map<Account, Long>> ofBatches;
    private final List<SetAside> funds;
    private final List<SetAside> budgets;
    private final List<Equation> equations = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();

    /**
     * @param ofSchemes the balances of each scheme that is wholly in the scope
     * @param ofBatches the balances of each batch that is wholly in the scope
     */
    Reckoning(
            Scope scope,
            Map<Account, Long> sums,
            Map<String, Map<Account, Long>> ofSchemes,
            Map<String, Map<Account, Long>> ofBatches,
            List<SetAside> funds,
            List<SetAside> budgets) {
        this.scope = scope;
        this.sums = sums;
        this.ofSchemes = ofSchemes;
        this.ofBatches = ofBatches;
        this.funds = funds;
        this.budgets = budgets;
    }

    TrialBalance trial() {
        for (Book book : Book.values()) {
            bookIsWhole(book);
        }
        funds.forEach(this::fundIsWhole);
        budgets.forEach(this::budgetIsWhole);
        equations.stream().filter(e -> !e.holds()).map(Equation::inWords).forEach(violations::add);
        nothingIsBelowZero("", scope.kind(), sums);
        ofBatches.forEach((id, balances) -> nothingIsBelowZero("batch " + id + ": ", ScopeKind.BATCH, balances));
        return new TrialBalance(
                scope,
                violations.isEmpty(),
                funds.stream().mapToLong(SetAside::fen).sum(),
                budgets.stream().mapToLong(SetAside::fen).sum(),
                sums.entrySet().stream()
                        .map(e -> new TrialBalance.Sum(e.getKey().book(), e.getKey(), e.getValue()))
                        .toList(),
                entries(),
                List.copyOf(equations),
                List.copyOf(violations));
    }

    /** What was reckoned with; empty if nothing was set aside for the scope. */
    Optional<Figures> figures() {
        if (funds.isEmpty() && budgets.isEmpty()) {
            return Optional.empty();
        }
        var batches = new TreeMap<String, Figures.OfBatch>();
        budgets.forEach(budget -> batches.put(
                budget.batchId(),
                new Figures.OfBatch(
                        budget.fen(), new TreeMap<>(ofBatches.getOrDefault(budget.batchId(), new TreeMap<>())))));
        return Optional.of(
                new Figures(scope, funds.stream().mapToLong(SetAside::fen).sum(), new TreeMap<>(sums), batches));
    }

    /** What came out of the sources of a book is what lies in its other accounts. */
    private void bookIsWhole(Book book) {
        List<Account> accounts = sums.keySet().stream()
                .filter(account -> account.book() == book)
                .sorted()
                .toList();
        if (accounts.isEmpty()) {
            return;
        }
        Map<Boolean, List<Account>> parted =
                accounts.stream().collect(Collectors.partitioningBy(scope.kind()::isSource));
        equations.add(Equation.of(
                parted.get(true).stream().map(a -> "-" + a).collect(Collectors.joining(" "))
                        + " = "
                        + names(parted.get(false).stream()),
                "",
                -sum(sums, parted.get(true)),
                sum(sums, parted.get(false))));
    }

    /** ALL-03: fund = unallocated + Σ budgets. */
    private void fundIsWhole(SetAside fund) {
        long allocated = budgets.stream()
                .filter(b -> b.schemeId().equals(fund.schemeId()))
                .mapToLong(SetAside::fen)
                .sum();
        long unallocated = ofSchemes.getOrDefault(fund.schemeId(), Map.of()).getOrDefault(Account.UNALLOCATED, 0L);
        equations.add(Equation.of(
                "fund = UNALLOCATED + budgets", "scheme " + fund.schemeId(), fund.fen(), unallocated + allocated));
    }

    /** ALL-03: budget = available + held + ordered + paid + accepted + claimed + redeemed + lapsed. */
    private void budgetIsWhole(SetAside budget) {
        equations.add(Equation.of(
                "budget = " + names(Figures.OF_A_BUDGET.stream()),
                "batch " + budget.batchId(),
                budget.fen(),
                sum(ofBatches.getOrDefault(budget.batchId(), Map.of()), Figures.OF_A_BUDGET)));
    }

    private void nothingIsBelowZero(String of, ScopeKind kind, Map<Account, Long> balances) {
        balances.forEach((account, fen) -> {
            if (kind.isSource(account) ? fen > 0 : fen < 0) {
                violations.add(of + account + " stands on the wrong side of zero: " + fen + " fen");
            }
        });
    }

    /** Without the accounts of the parties, of which there are as many as parties, and without a batch's source. */
    private List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        ofSchemes.forEach((id, balances) -> balances.forEach((account, fen) -> {
            if (account == Account.TREASURY || account == Account.UNALLOCATED) {
                entries.add(new Entry(account.book(), id, "", account, fen));
            }
        }));
        for (SetAside budget : budgets) {
            ofBatches.getOrDefault(budget.batchId(), new TreeMap<>()).forEach((account, fen) -> {
                if (account != Account.UNALLOCATED) {
                    entries.add(new Entry(account.book(), budget.schemeId(), budget.batchId(), account, fen));
                }
            });
        }
        return List.copyOf(entries);
    }

    private static String names(Stream<Account> accounts) {
        return accounts.map(Account::name).collect(Collectors.joining(" + "));
    }

    private static long sum(Map<Account, Long> balances, List<Account> accounts) {
        return accounts.stream().mapToLong(a -> balances.getOrDefault(a, 0L)).sum();
    }
}
