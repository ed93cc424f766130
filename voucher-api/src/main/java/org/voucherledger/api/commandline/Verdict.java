package org.voucherledger.api.commandline;

import org.voucherledger.api.schemefile.Words;

/** How a page says of what was checked whether it holds; all of them say it alike. */
final class Verdict {

    private Verdict() {}

    /** Before the words of a check. */
    static Words mark(boolean holds) {
        return holds ? Words.of("[成立]", "[holds]") : Words.of("[不成立]", "[fails]");
    }

    /** Below all of them. */
    static Words of(boolean holds) {
        return holds
                ? Words.of("结论：以上各项全部成立。", "Verdict: all of it holds.")
                : Words.of("结论：不成立。", "Verdict: it does not hold.");
    }
}
