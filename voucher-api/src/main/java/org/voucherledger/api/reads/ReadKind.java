package org.voucherledger.api.reads;

/** What is sensitive to read. */
public enum ReadKind {
    /** A telephone, an account, a number or a name of a person (ALL-05); the subject is {@code party/reference/kind}. */
    PERSONAL_DATUM,
    /** The bytes of a document (GZ-45); the subject is its SHA-256. */
    DOCUMENT,
    /** The archive package of a claim with all its documents (GZ-44); the subject is the claim. */
    ARCHIVE
}
