package org.voucherledger.domain.party;

/** An enterprise's size under 《中小企业划型标准规定》 (2011). */
public enum Size {
    LARGE,
    MEDIUM,
    SMALL,
    MICRO
}
