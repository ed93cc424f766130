package org.voucherledger.projections.evidence;

/** The words of a bundle, as docs/reference/evidence-format.md describes it. */
final class BundleForm {

    static final String FIRST_LINE = "voucher-ledger-evidence@v1";
    static final String SCOPE = "scope ";
    static final String POSITION = "position ";
    static final String LEAF = "leaf ";
    static final String SKIP = "skip ";

    /** Bytes of the longest line, without its newline. */
    static final int LONGEST_LINE = 16 * 1024 * 1024;

    /** UTF-16 units of the checkpoint with all its signatures, newlines and the empty line between included. */
    static final int LONGEST_NOTE = 1024 * 1024;

    /** Characters of a hash in Base 64. */
    static final int HASH_CHARACTERS = 44;

    private BundleForm() {}
}
