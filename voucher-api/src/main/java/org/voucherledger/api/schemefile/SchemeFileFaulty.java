package org.voucherledger.api.schemefile;

import java.util.List;

/** A scheme file cannot be taken for a scheme; every fault that was found, in the order of the file. */
public final class SchemeFileFaulty extends RuntimeException {

    private final List<Finding> faults;

    SchemeFileFaulty(List<Finding> faults) {
        super("the scheme file has " + faults.size() + " faults, the first: " + faults.getFirst(), null, false, false);
        this.faults = List.copyOf(faults);
    }

    static SchemeFileFaulty at(Place place, String path, String zh, String en) {
        return new SchemeFileFaulty(List.of(Finding.at(place, path, Words.of(zh, en))));
    }

    public List<Finding> faults() {
        return faults;
    }
}
