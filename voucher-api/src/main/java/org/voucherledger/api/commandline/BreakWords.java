package org.voucherledger.api.commandline;

import org.voucherledger.api.schemefile.Words;
import org.voucherledger.projections.sealedlog.Break;

/** How a log was begun anew, for whoever reads what rests on it. */
final class BreakWords {

    private BreakWords() {}

    static Words of(Break begun) {
        return Words.of(
                "此日志系重新开始：日志“" + begun.ended().name() + "”的前 " + begun.holds() + " 片叶在此继续有效，其后所签署的（已知至 "
                        + begun.givenUp() + " 片叶）已公开声明放弃。原因：" + begun.reason(),
                "THIS LOG WAS BEGUN ANEW: of the log \"" + begun.ended().name() + "\" the first " + begun.holds()
                        + " leaves hold in it; what that one had signed beyond, up to " + begun.givenUp()
                        + " leaves as far as was known, was openly given up. Because: " + begun.reason());
    }
}
