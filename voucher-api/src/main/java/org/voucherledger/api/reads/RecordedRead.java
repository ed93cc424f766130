package org.voucherledger.api.reads;

/**
 * That a read of something sensitive stands in the database, durably. Whatever hands such a thing out asks for one, and only
 * {@link SensitiveReads} makes them, so that none can be handed out unrecorded.
 */
public final class RecordedRead {

    RecordedRead() {}
}
