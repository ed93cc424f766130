package org.voucherledger.api.schemefile;

import java.util.ArrayList;
import java.util.List;

/** Collects what is found, each with its place in the file. */
final class Findings {

    private final LocatedDocument document;
    private final List<Finding> found = new ArrayList<>();

    Findings(LocatedDocument document) {
        this.document = document;
    }

    void say(String pointer, String zh, String en) {
        found.add(Finding.at(document.placeOf(pointer), pointer, Words.of(zh, en)));
    }

    /** Says so where it does not hold. */
    void insist(boolean holds, String pointer, String zh, String en) {
        if (!holds) {
            say(pointer, zh, en);
        }
    }

    List<Finding> inOrder() {
        return Finding.inOrder(found);
    }
}
