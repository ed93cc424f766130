package org.voucherledger.domain.party;

/** Who recognised a provider (GZ-04). */
public enum RecognitionLevel {
    NATIONAL,
    PROVINCIAL,
    CITY,
    /** 中小企业服务站. */
    SERVICE_STATION
}
