package org.voucherledger.domain.command;

/** In which capacity somebody acts; the letters are those of the rulebook's transition table. */
public enum Role {
    /** E: an enterprise's one named handler (企业经办人). */
    ENTERPRISE,
    /** P: a service provider (服务机构). */
    PROVIDER,
    /** A person who holds consumption vouchers (持券人), known by an opaque reference; the platform acts for them (ALL-05, CV-01). */
    HOLDER,
    /** O: the operator (承办单位), who checks, issues, reviews and settles for the bureau. */
    OPERATOR,
    /** The expert panel (专家评审), where a scheme has one. */
    EXPERT,
    /** B: the bureau (工业和信息化局), who owns the fund and decides finally. */
    BUREAU,
    /** S: the ledger itself, recording what time has brought about. */
    SYSTEM,
    /** Reads everything, draws samples and records what is wrong with them (SV-04); nothing of a voucher is moved by it. */
    AUDITOR,
    /** Anyone else: may object to a published list. */
    PUBLIC;

    /** Whether it works for the scheme, or audits it: for no party, and for every case. */
    public boolean isStaff() {
        return this == OPERATOR || this == EXPERT || this == BUREAU || this == SYSTEM || this == AUDITOR;
    }

    /** Whether it acts for one party and for itself only (ALL-04). */
    public boolean isParty() {
        return this == ENTERPRISE || this == PROVIDER || this == HOLDER;
    }
}
