package org.voucherledger.projections.books;

import java.util.List;

/**
 * The balances of the books, and whether they balance in themselves: each book sums to zero with its origins, nothing but
 * an origin is below zero, and ALL-03's equations hold. Amounts in fen.
 *
 * @param sums each account of a book over everything that was asked for
 * @param entries the accounts one by one, but those of the quota books, of which there are as many as parties
 * @param violations the equations that do not hold, in words with both sides; empty if the books balance
 */
public record TrialBalance(
        boolean balanced,
        long fundFen,
        long budgetFen,
        List<Sum> sums,
        List<BookEntry> entries,
        List<String> violations) {

    public record Sum(Book book, Account account, long balanceFen) {}
}
