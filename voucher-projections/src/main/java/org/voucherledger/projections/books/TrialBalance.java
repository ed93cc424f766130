package org.voucherledger.projections.books;

import java.util.List;

/**
 * The balances of a scope at a position, and the equations they must keep. Amounts in fen.
 *
 * @param balanced every equation holds, and nothing but a source is below zero
 * @param fundFen of the schemes that are wholly in the scope; 0 where none is
 * @param budgetFen of the batches that are wholly in it; 0 where none is
 * @param sums each account over the whole scope
 * @param entries of the schemes and batches that are wholly in it, account by account
 * @param equations what was checked, both sides
 * @param violations what does not hold, in words with both sides; empty if the books balance
 */
public record TrialBalance(
        Scope scope,
        boolean balanced,
        long fundFen,
        long budgetFen,
        List<Sum> sums,
        List<Entry> entries,
        List<Equation> equations,
        List<String> violations) {

    public record Sum(Book book, Account account, long balanceFen) {}

    /** @param batchId empty for what belongs to the scheme as a whole */
    public record Entry(Book book, String schemeId, String batchId, Account account, long balanceFen) {}

    /**
     * One of ALL-03's equations, or of a memo book's own.
     *
     * @param of the scheme or batch that it is about; empty where it is about the whole scope
     */
    public record Equation(String equation, String of, long leftFen, long rightFen, boolean holds) {
        static Equation of(String equation, String of, long leftFen, long rightFen) {
            return new Equation(equation, of, leftFen, rightFen, leftFen == rightFen);
        }

        String inWords() {
            return (of.isEmpty() ? "" : of + ": ") + equation + ": " + leftFen + " fen <> " + rightFen + " fen";
        }
    }
}
