package org.voucherledger.projections.evidence;

import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * Of what a bundle is the evidence.
 *
 * @param id of the batch, the claim or the voucher; empty for the whole ledger
 */
public record Scope(Kind kind, String id) {

    /** How much of the ledger. */
    public enum Kind {
        LEDGER("ledger"),
        BATCH("batch"),
        CLAIM("claim"),
        VOUCHER("voucher");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public static final Scope LEDGER = new Scope(Kind.LEDGER, "");

    public Scope {
        if ((kind == Kind.LEDGER) != id.isEmpty() || id.contains("\n")) {
            throw new Unreadable("a batch, a claim and a voucher have an id, the ledger has none");
        }
    }

    public static Scope batch(String id) {
        return new Scope(Kind.BATCH, id);
    }

    public static Scope claim(String id) {
        return new Scope(Kind.CLAIM, id);
    }

    public static Scope voucher(String id) {
        return new Scope(Kind.VOUCHER, id);
    }

    public boolean isWholeLedger() {
        return kind == Kind.LEDGER;
    }

    /** The stream without which the bundle is no evidence of it; there is none for the whole ledger. */
    public String stream() {
        return kind.word() + ":" + id;
    }

    /** As the bundle's header says it. */
    String written() {
        return id.isEmpty() ? kind.word() : kind.word() + " " + id;
    }

    static Scope parse(String text) {
        for (Kind kind : Kind.values()) {
            if (text.equals(kind.word())) {
                return new Scope(kind, "");
            }
            if (text.startsWith(kind.word() + " ")) {
                return new Scope(kind, text.substring(kind.word().length() + 1));
            }
        }
        throw new Unreadable("a scope is ledger, batch, claim or voucher");
    }
}
