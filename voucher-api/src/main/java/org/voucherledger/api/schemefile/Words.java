package org.voucherledger.api.schemefile;

/** The same in Chinese and in English. */
public record Words(String zh, String en) {

    public static Words of(String zh, String en) {
        return new Words(zh, en);
    }
}
