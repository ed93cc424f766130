package org.voucherledger.api.imports;

import org.voucherledger.api.table.RowFlaw;
import org.voucherledger.api.table.Words;

/** A row that is older than what the ledger knows; it is reported and changes nothing. */
final class RowRefused extends RuntimeException {

    private final String about;
    private final transient Words words;

    RowRefused(String about, Words words) {
        super(words.english(), null, false, false);
        this.about = about;
        this.words = words;
    }

    RowFlaw flaw(Wanted wanted) {
        return new RowFlaw(wanted.line(), "", about, words, wanted.party());
    }
}
