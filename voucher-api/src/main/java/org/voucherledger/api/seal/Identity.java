package org.voucherledger.api.seal;

import org.voucherledger.projections.sealedlog.NoteKey;

/**
 * Which log this is, and who signs it.
 *
 * @param origin the first line of every checkpoint
 */
record Identity(String origin, NoteKey key) {}
