package org.voucherledger.api.season;

import org.voucherledger.domain.rule.Rule;

/** Why an enterprise of the city will be refused when it applies, or later; {@code NONE} for most of them. */
enum Flaw {
    NONE(null),
    /** Never registers, and applies all the same. */
    UNREGISTERED(Rule.GZ_02),
    /** Registered, its papers never checked. */
    UNVERIFIED(Rule.GZ_02),
    /** Verified in the year before, not in this one. */
    VERIFIED_LAST_YEAR(Rule.GZ_02),
    LOW_TRUST(Rule.GZ_02),
    LARGE(Rule.GZ_01),
    WRONG_SIZE(Rule.GZ_01),
    OTHER_CITY(Rule.GZ_01),
    NO_LEGAL_PERSON(Rule.GZ_01),
    BLACKLISTED(Rule.GZ_01),
    OPERATES_IMPROPERLY(Rule.GZ_01),
    AGAINST_POLICY(Rule.GZ_01),
    FROZEN(Rule.GZ_32),
    DISQUALIFIED(Rule.GZ_32),
    /** Sound when it applies, blacklisted before the grant, which passes it over. */
    BLACKLISTED_WHILE_QUEUED(null);

    private final Rule refusedBy;

    Flaw(Rule refusedBy) {
        this.refusedBy = refusedBy;
    }

    /** The rule that refuses its application, or {@code null} where it is accepted. */
    Rule refusedBy() {
        return refusedBy;
    }

    boolean registers() {
        return this != UNREGISTERED;
    }

    boolean isVerified() {
        return this != UNREGISTERED && this != UNVERIFIED;
    }
}
