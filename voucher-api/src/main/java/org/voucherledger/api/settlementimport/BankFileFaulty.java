package org.voucherledger.api.settlementimport;

import java.util.List;

/** The file cannot be read as what it should be; nothing was looked up. */
final class BankFileFaulty extends RuntimeException {

    /** @param line counted from 1; zero for the file as a whole */
    record Fault(int line, String column, String reason) {}

    private final List<Fault> faults;

    BankFileFaulty(List<Fault> faults) {
        super(faults.toString(), null, false, false);
        this.faults = List.copyOf(faults);
    }

    static BankFileFaulty whole(String reason) {
        return new BankFileFaulty(List.of(new Fault(0, "", reason)));
    }

    List<Fault> faults() {
        return faults;
    }
}
