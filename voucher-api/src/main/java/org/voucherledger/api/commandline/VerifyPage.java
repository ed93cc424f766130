package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.voucherledger.api.schemefile.Words;
import org.voucherledger.projections.evidence.Check;
import org.voucherledger.projections.evidence.Failure;
import org.voucherledger.projections.evidence.Findings;
import org.voucherledger.projections.evidence.Place;
import org.voucherledger.projections.evidence.Scope;
import org.voucherledger.projections.sealedlog.NoteKey;

/** What was found out about an evidence bundle, as an auditor reads it: what holds, what does not, what no file can prove. */
final class VerifyPage {

    private final Path file;
    private final Findings findings;
    private final List<NoteKey> witnesses;

    VerifyPage(Path file, Findings findings, List<NoteKey> witnesses) {
        this.file = file;
        this.findings = findings;
        this.witnesses = witnesses;
    }

    void inChinese(PrintWriter out) {
        print(out, Words::zh, Check::zh, Failure::zh);
    }

    void inEnglish(PrintWriter out) {
        print(out, Words::en, Check::en, Failure::en);
    }

    private void print(
            PrintWriter out,
            Function<Words, String> said,
            Function<Check, String> check,
            Function<Failure, String> reason) {
        head().forEach(words -> out.println(said.apply(words)));
        for (Check each : Check.values()) {
            if (!findings.checked().contains(each)) {
                continue;
            }
            var failure = findings.of(each);
            out.println("  " + said.apply(Verdict.mark(failure.isEmpty())) + " " + check.apply(each));
            failure.ifPresent(f -> out.println("      " + reason.apply(f) + said.apply(where(f.place()))));
        }
        findings.firstBadEvent()
                .ifPresent(first -> out.println(
                        said.apply(Words.of("首个有问题的事件", "The first bad event")) + said.apply(where(first.place()))));
        out.println(said.apply(Words.of("此文件不能证明：", "What this file cannot prove:")));
        limits().forEach(words -> out.println("  - " + said.apply(words)));
        out.println(said.apply(verdict()));
    }

    private List<Words> head() {
        var head = new ArrayList<Words>();
        head.add(Words.of("证据文件 " + file, "The evidence in " + file));
        Scope scope = findings.scope();
        if (findings.checkpoint() != null) {
            head.add(Words.of(
                    "账本 " + findings.checkpoint().origin() + "，" + scopeZh(scope) + "，止于位置 " + findings.position(),
                    "Ledger " + findings.checkpoint().origin() + ", " + scopeEn(scope) + ", up to position "
                            + findings.position()));
            head.add(Words.of(
                    "检查点 " + findings.checkpoint().size() + " 片叶；文件内 " + findings.events() + " 个事件、"
                            + findings.refusals() + " 条拒绝记录、" + findings.streams() + " 条流",
                    "The checkpoint has " + findings.checkpoint().size() + " leaves; in the file are "
                            + findings.events() + " events, " + findings.refusals() + " refusals, "
                            + findings.streams() + " streams"));
        }
        findings.begunAnew().stream().map(BreakWords::of).forEach(head::add);
        findings.cosignatures()
                .forEach(c -> head.add(Words.of(
                        "见证人 " + c.witness().name() + " 于 " + c.at() + " 联署",
                        "The witness " + c.witness().name() + " cosigned it at " + c.at())));
        return head;
    }

    private static String scopeZh(Scope scope) {
        return switch (scope.kind()) {
            case LEDGER -> "整本账";
            case BATCH -> "批次 " + scope.id();
            case CLAIM -> "兑现申请 " + scope.id();
            case VOUCHER -> "券 " + scope.id();
        };
    }

    private static String scopeEn(Scope scope) {
        return switch (scope.kind()) {
            case LEDGER -> "the whole of it";
            case BATCH -> "batch " + scope.id();
            case CLAIM -> "claim " + scope.id();
            case VOUCHER -> "voucher " + scope.id();
        };
    }

    private static Words where(Place place) {
        if (place.position() != null) {
            return Words.of(
                    "（第 " + place.line() + " 行，位置 " + place.position() + "，流 " + place.stream() + "，序号 "
                            + place.sequence() + "）",
                    " (line " + place.line() + ", position " + place.position() + ", stream " + place.stream()
                            + ", sequence " + place.sequence() + ")");
        }
        return place.line() > 0
                ? Words.of("（第 " + place.line() + " 行）", " (line " + place.line() + ")")
                : Words.of("", "");
    }

    private List<Words> limits() {
        var limits = new ArrayList<Words>();
        Scope scope = findings.scope();
        limits.add(Words.of("在该位置之后没有再发生任何事", "that nothing has happened after that position"));
        if (scope != null && !scope.isWholeLedger()) {
            limits.add(Words.of(
                    "文件所称的位置 " + findings.position() + "：它没有签名，文件中的最后一个事件在位置 " + findings.lastPosition(),
                    "that it goes up to position " + findings.position()
                            + ", which nobody has signed: the last event in it is at " + findings.lastPosition()));
            limits.add(Words.of(
                    "各条流在文件中的最后一个事件之后、该位置之前，没有其他流均未提到的事件：只有整本账才能证明",
                    "that no event of which its other streams do not know came between a stream's last one here and that"
                            + " position: only a whole ledger can"));
            limits.add(Words.of("账目平衡（ALL-03）：需要整本账", "that the books balance (ALL-03): that takes a whole ledger"));
        }
        if (witnesses.isEmpty()) {
            limits.add(Words.of(
                    "账本未向他人出示另一套历史：需指定见证人（--witness）",
                    "that the ledger has shown others no other history: name a witness for that (--witness)"));
        }
        limits.add(Words.of(
                "文书本身：事件只含文书的 SHA-256，须与文书原件比对",
                "the documents themselves: events hold their SHA-256, to be compared with the papers"));
        return limits;
    }

    private Words verdict() {
        return findings.of(Check.FORM).isPresent()
                ? Words.of(
                        "结论：不成立。文件读到上述行为止，其余无从判断。",
                        "Verdict: it does not hold. The file could be read up to the line above, and no further.")
                : Verdict.of(findings.hold());
    }
}
