package org.voucherledger.domain.money;

/**
 * An amount of money in whole fen (1/100 CNY).
 *
 * <p>Invariant: {@code 0 <= value <= MAX}. The bound leaves room for exact products with basis points in a {@code long};
 * arithmetic that would leave the range is a programming fault and throws {@link ArithmeticException}, because every
 * amount from outside is checked by a rule before it is computed with.
 */
public record Fen(long value) implements Comparable<Fen> {

    /** A hundred billion yuan: far above any fund, and ten thousand times fifty of it still fits a {@code long}. */
    public static final long MAX = 10_000_000_000_000L;

    public static final Fen ZERO = new Fen(0);

    public Fen {
        if (value < 0 || value > MAX) {
            throw new ArithmeticException("amount out of range: " + value + " fen");
        }
    }

    public static Fen of(long fen) {
        return fen == 0 ? ZERO : new Fen(fen);
    }

    public Fen plus(Fen other) {
        return of(Math.addExact(value, other.value));
    }

    public Fen minus(Fen other) {
        return of(Math.subtractExact(value, other.value));
    }

    public Fen min(Fen other) {
        return value <= other.value ? this : other;
    }

    public boolean isZero() {
        return value == 0;
    }

    public boolean exceeds(Fen limit) {
        return value > limit.value;
    }

    /** This share of the amount, rounded down to the fen: the only rounding in the ledger. */
    public Fen share(int basisPoints) {
        return of(Math.multiplyExact(value, basisPoints) / 10_000);
    }

    @Override
    public int compareTo(Fen other) {
        return Long.compare(value, other.value);
    }
}
