package org.voucherledger.api.schemecheck;

import java.util.List;
import org.voucherledger.api.schemefile.Words;

/** One heading of the explanation, and the sentences under it. */
final class Part {

    private final List<Sentence> all;
    private final Words heading;

    Part(List<Sentence> all, String zh, String en) {
        this.all = all;
        this.heading = Words.of(zh, en);
    }

    Part say(String path, String zh, String en) {
        all.add(new Sentence(path, heading, Words.of(zh, en)));
        return this;
    }
}
