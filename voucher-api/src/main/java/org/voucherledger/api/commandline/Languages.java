package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** The option by which a page is read in Chinese, in English, or in both. */
final class Languages {

    private enum Spoken {
        ZH,
        EN,
        BOTH
    }

    @Option(
            names = "--lang",
            paramLabel = "LANG",
            description = "zh, en, or both, the Chinese first (${DEFAULT-VALUE}).",
            defaultValue = "both")
    private Spoken spoken;

    void print(PrintWriter out, Consumer<PrintWriter> chinese, Consumer<PrintWriter> english) {
        if (spoken != Spoken.EN) {
            chinese.accept(out);
        }
        if (spoken == Spoken.BOTH) {
            out.println();
        }
        if (spoken != Spoken.ZH) {
            english.accept(out);
        }
    }
}
