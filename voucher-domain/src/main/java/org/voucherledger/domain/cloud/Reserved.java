package org.voucherledger.domain.cloud;

/** The answer to an application with its contract: its voucher, its place in the order of receipt, and what it reserved. */
public record Reserved(String applicationId, String voucherId, long position, int tier, long faceFen) {

    /** What the application at this position of the batch is called. */
    static String applicationAt(String batchId, long position) {
        return batchId + "-A" + position;
    }

    /** Its one voucher (CL-08). */
    static String voucherAt(String batchId, long position) {
        return applicationAt(batchId, position) + "-V1";
    }
}
