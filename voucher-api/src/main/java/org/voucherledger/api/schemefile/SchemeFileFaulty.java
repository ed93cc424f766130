package org.voucherledger.api.schemefile;

import java.util.List;

/** A scheme file cannot be taken for a scheme; every fault that was found, in the order of the file. */
public final class SchemeFileFaulty extends RuntimeException {

    /**
     * One thing that is wrong with the file.
     *
     * @param line counted from one
     * @param column counted from one
     * @param path where it stands, as a JSON pointer; empty for the file itself
     */
    public record Fault(int line, int column, String path, String reason) {}

    private final List<Fault> faults;

    SchemeFileFaulty(List<Fault> faults) {
        super("the scheme file has " + faults.size() + " faults, the first: " + faults.getFirst(), null, false, false);
        this.faults = List.copyOf(faults);
    }

    static SchemeFileFaulty at(Place place, String path, String reason) {
        return new SchemeFileFaulty(List.of(new Fault(place.line(), place.column(), path, reason)));
    }

    public List<Fault> faults() {
        return faults;
    }
}
