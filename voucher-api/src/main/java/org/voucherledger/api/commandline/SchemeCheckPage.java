package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.api.schemecheck.Difference;
import org.voucherledger.api.schemecheck.Explanation;
import org.voucherledger.api.schemecheck.InForce;
import org.voucherledger.api.schemecheck.Sentence;
import org.voucherledger.api.schemefile.Finding;
import org.voucherledger.api.schemefile.SchemeFile.Examined;
import org.voucherledger.api.schemefile.Words;
import org.voucherledger.api.whatif.LedgerInMemory;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import org.voucherledger.domain.scheme.SchemeEvent.FundChanged;
import org.voucherledger.domain.scheme.SchemeEvent.SchemePublished;

/** What there is to say of a scheme file, as a clerk reads it: faults, remarks, the scheme in words, the comparison. */
final class SchemeCheckPage {

    private static final String SOME_FILE = "0".repeat(64);

    private final String file;
    private final Examined examined;
    private final InForce inForce;
    private final Decision refusal;

    SchemeCheckPage(String file, Examined examined, InForce inForce) {
        this.file = file;
        this.examined = examined;
        this.inForce = inForce;
        this.refusal = examined.file() == null ? null : refusalOfPublishing();
    }

    /** Which rule would refuse to publish the file: as the next version, or as the first where none is in force; {@code null} for none. */
    Decision refusal() {
        return refusal;
    }

    /** Asked of the domain itself, on the version and the fund in force where there are any. */
    private Decision refusalOfPublishing() {
        try (var ledger = new LedgerInMemory()) {
            if (inForce.fundFen() != null) {
                String schemeId = inForce.terms().schemeId();
                ledger.happened(new SchemePublished(schemeId, 1, inForce.terms(), SOME_FILE));
                ledger.happened(new FundChanged(
                        schemeId, inForce.terms().fund().amountFen(), inForce.fundFen(), "in force", "in force"));
            }
            return ledger.refusalOf(
                    new PublishScheme(examined.file().terms(), examined.file().sha256()),
                    Actor.of("scheme-check", Role.BUREAU),
                    Instant.EPOCH);
        }
    }

    void inChinese(PrintWriter out) {
        print(out, Words::zh, Finding::reasonZh, Language.ZH);
    }

    void inEnglish(PrintWriter out) {
        print(out, Words::en, Finding::reason, Language.EN);
    }

    private void print(
            PrintWriter out, Function<Words, String> said, Function<Finding, String> reason, Language language) {
        var say = new Saying(out, said);
        say.line("方案文件 " + file, "The scheme file " + file);
        findings(examined.faults(), "错误", "fault", reason, say);
        findings(examined.remarks(), "提示", "remark", reason, say);
        if (examined.file() == null) {
            say.line("", "");
            say.line("改正以上错误后才能说明方案内容。", "What it says can be told once these faults are mended.");
            return;
        }
        String part = "";
        for (Sentence sentence : Explanation.of(examined.file().terms())) {
            if (!said.apply(sentence.part()).equals(part)) {
                part = said.apply(sentence.part());
                out.println();
                out.println(part);
            }
            out.println("  - " + said.apply(sentence.words()));
        }
        out.println();
        comparison(say, said);
        if (refusal != null) {
            String why = String.valueOf(Problems.of(refusal, language).members().get("detail"));
            boolean first = inForce.fundFen() == null;
            say.line(
                    (first ? "发布将被拒绝：" : "作为新版本发布将被拒绝：") + why,
                    (first
                                    ? "Publishing it would be refused: "
                                    : "Publishing it as the next version would be refused: ")
                            + why);
        }
        running(say);
    }

    private static void findings(
            List<Finding> findings, String zh, String en, Function<Finding, String> reason, Saying say) {
        int count = findings.size();
        say.line(zh + " " + count + " 处", count + " " + en + (count == 1 ? "" : "s"));
        for (Finding finding : findings) {
            String where = finding.path().isEmpty() ? "" : " " + finding.path();
            String told = reason.apply(finding);
            say.line(
                    "  第 " + finding.line() + " 行第 " + finding.column() + " 列" + where + "：" + told,
                    "  line " + finding.line() + ", column " + finding.column() + where + ": " + told);
        }
    }

    private void comparison(Saying say, Function<Words, String> said) {
        if (inForce.terms() == null) {
            if (inForce.asked()) {
                say.line("该方案尚未发布；发布后为第 1 版。", "The scheme has not been published; it would be version 1.");
            } else {
                say.line(
                        "没有可供比较的账本：请用 --url 或 --data 指明，或用 --against 指明另一文件。",
                        "No ledger was found to compare with: name one with --url or --data, or a file with --against.");
            }
            return;
        }
        List<Difference> differences =
                Difference.between(inForce.terms(), examined.file().terms());
        say.line(
                "与 " + inForce.name() + " 相比，不同之处 " + differences.size() + " 项",
                "Compared with " + inForce.name() + ": " + differences.size()
                        + (differences.size() == 1 ? " difference" : " differences"));
        for (Difference difference : differences) {
            String none = say.in("（无）", "(nothing)");
            say.line(
                    "  " + difference.part().zh() + "（" + difference.path() + "）",
                    "  " + difference.part().en() + " (" + difference.path() + ")");
            say.line(
                    "    原：" + (difference.before() == null ? none : said.apply(difference.before())),
                    "    was: " + (difference.before() == null ? none : said.apply(difference.before())));
            say.line(
                    "    改为：" + (difference.after() == null ? none : said.apply(difference.after())),
                    "    becomes: " + (difference.after() == null ? none : said.apply(difference.after())));
        }
    }

    private void running(Saying say) {
        if (inForce.fundFen() == null) {
            return;
        }
        String batches = inForce.running().stream()
                .map(batch -> batch.id() + " (@" + batch.version() + ")")
                .collect(Collectors.joining(", "));
        if (batches.isEmpty()) {
            say.line(
                    "没有进行中的批次；新版本适用于今后开放的批次。", "No batch is running; the new version is for those opened from now on.");
        } else {
            say.line(
                    "进行中的批次按其开放时的版本执行到底，不受新版本影响：" + batches + "。新版本只适用于今后开放的批次。",
                    "Running batches keep the version they were opened with and do not change: " + batches
                            + ". The new version is for those opened from now on.");
        }
    }

    /** Prints the one of two languages that is spoken. */
    private record Saying(PrintWriter out, Function<Words, String> said) {

        String in(String zh, String en) {
            return said.apply(Words.of(zh, en));
        }

        void line(String zh, String en) {
            out.println(in(zh, en));
        }
    }
}
