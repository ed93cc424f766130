package org.voucherledger.api.season;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The books as the ledger shows them, and what it said after recomputing them from the log.
 *
 * @param batches balances in fen by batch and account
 * @param memos balances of the memo books in fen, by account
 * @param disagreements why the recomputed books are not the ones that are shown, or break an equation of ALL-03, as the ledger
 *     said it; empty if all is well
 */
record BookTable(
        long fundFen,
        long budgetFen,
        Map<String, Map<String, Long>> batches,
        Map<String, Long> memos,
        List<String> disagreements) {

    /** The accounts of a batch, in the order of a voucher's life; together they are its budget. */
    private static final List<String> ACCOUNTS =
            List.of("AVAILABLE", "HELD", "ORDERED", "PAID", "ACCEPTED", "CLAIMED", "REDEEMED", "LAPSED");

    static BookTable of(JsonNode books, JsonNode verification) {
        var batches = new LinkedHashMap<String, Map<String, Long>>();
        var memos = new LinkedHashMap<String, Long>();
        for (JsonNode entry : books.get("entries")) {
            String batch = entry.path("batchId").asString("");
            String account = entry.get("account").asString();
            long fen = entry.get("balanceFen").asLong();
            if (ACCOUNTS.contains(account)) {
                batches.computeIfAbsent(batch, id -> new LinkedHashMap<>()).merge(account, fen, Long::sum);
            } else if (!entry.get("book").asString().equals("MONEY") && fen > 0) {
                memos.merge(account, fen, Long::sum);
            }
        }
        var disagreements = new ArrayList<String>();
        if (!books.get("balanced").asBoolean()) {
            disagreements.add("as shown: " + books.get("violations"));
        }
        if (!verification.path("balanced").asBoolean()) {
            disagreements.add("as verified: " + verification);
        }
        return new BookTable(
                books.get("fundFen").asLong(),
                books.get("budgetFen").asLong(),
                batches,
                memos,
                List.copyOf(disagreements));
    }

    /** To the fen: as recomputed by the ledger, and as added up here once more. */
    boolean isBalanced() {
        return disagreements.isEmpty()
                && budgetFen
                        == batches.values().stream()
                                .flatMap(accounts -> accounts.values().stream())
                                .mapToLong(Long::longValue)
                                .sum();
    }

    void print(PrintWriter out) {
        out.println();
        out.println("The books (¥):");
        var head = new ArrayList<String>(List.of(""));
        head.addAll(batches.keySet());
        head.add("together");
        row(out, head);
        for (String account : ACCOUNTS) {
            var row = new ArrayList<String>(List.of(account.toLowerCase(Locale.ROOT)));
            batches.values().forEach(accounts -> row.add(yuan(accounts.getOrDefault(account, 0L))));
            row.add(yuan(sum(account)));
            row(out, row);
        }
        var budgets = new ArrayList<String>(List.of("budget"));
        batches.values()
                .forEach(accounts -> budgets.add(yuan(
                        accounts.values().stream().mapToLong(Long::longValue).sum())));
        budgets.add(yuan(budgetFen));
        row(out, budgets);
        out.printf("  fund %s, of it unallocated %s%n", yuan(fundFen), yuan(fundFen - budgetFen));
        memos.forEach((account, fen) -> out.printf("  memo: %-10s %s%n", account.toLowerCase(Locale.ROOT), yuan(fen)));
        disagreements.forEach(why -> out.println("  " + why));
        out.println(
                isBalanced()
                        ? "Recomputed from the log, the books agree and balance to the fen."
                        : "THE BOOKS DO NOT BALANCE, or do not agree with the log.");
    }

    private long sum(String account) {
        return batches.values().stream()
                .mapToLong(accounts -> accounts.getOrDefault(account, 0L))
                .sum();
    }

    private static void row(PrintWriter out, List<String> cells) {
        out.printf("  %-10s", cells.getFirst());
        cells.subList(1, cells.size()).forEach(cell -> out.printf("%16s", cell));
        out.println();
    }

    static String yuan(long fen) {
        return "%,d.%02d".formatted(fen / 100, fen % 100);
    }
}
