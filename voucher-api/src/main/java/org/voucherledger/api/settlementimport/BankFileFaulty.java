package org.voucherledger.api.settlementimport;

import java.util.List;
import org.voucherledger.api.table.RowFlaw;

/** The file cannot be read as what it should be; nothing was looked up. */
final class BankFileFaulty extends RuntimeException {

    private final transient List<RowFlaw> flaws;

    BankFileFaulty(List<RowFlaw> flaws) {
        super(flaws.toString(), null, false, false);
        this.flaws = List.copyOf(flaws);
    }

    List<RowFlaw> flaws() {
        return flaws;
    }
}
