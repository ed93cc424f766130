package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.voucherledger.api.schemefile.Words;
import org.voucherledger.projections.evidence.Check;
import org.voucherledger.projections.evidence.Failure;
import org.voucherledger.projections.evidence.ProofVerification.Found;
import org.voucherledger.projections.sealedlog.Break;
import org.voucherledger.projections.sealedlog.EventLeaf;

/** What was found out about the proof of one leaf. */
final class ProofPage {

    private final Path file;
    private final Found found;

    ProofPage(Path file, Found found) {
        this.file = file;
        this.found = found;
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
        for (Check each : found.checked()) {
            var failure = found.of(each);
            out.println("  " + said.apply(Verdict.mark(failure.isEmpty())) + " " + check.apply(each));
            failure.ifPresent(f -> out.println("      " + reason.apply(f)));
        }
        out.println(said.apply(Verdict.of(found.holds())));
    }

    private List<Words> head() {
        var head = new ArrayList<Words>();
        head.add(Words.of("单叶证明 " + file, "The proof in " + file));
        if (found.checkpoint() == null) {
            return head;
        }
        String origin = found.checkpoint().origin();
        long size = found.checkpoint().size();
        head.add(Words.of(
                "账本 " + origin + "，检查点 " + size + " 片叶中的第 " + found.index() + " 片（自 0 起）",
                "Ledger " + origin + ", leaf " + found.index() + " (from 0 on) of a checkpoint of " + size
                        + " leaves"));
        if (found.leaf() instanceof EventLeaf event) {
            head.add(Words.of(
                    "事件 " + event.type() + "：位置 " + event.position() + "，流 " + event.stream() + "，序号 "
                            + event.sequence() + "，记录于 " + event.recordedAt(),
                    "The event " + event.type() + ": position " + event.position() + ", stream " + event.stream()
                            + ", sequence " + event.sequence() + ", recorded at " + event.recordedAt()));
        }
        Break.in(found.checkpoint().extensions()).stream().map(BreakWords::of).forEach(head::add);
        found.cosignatures()
                .forEach(c -> head.add(Words.of(
                        "见证人 " + c.witness().name() + " 于 " + c.at() + " 联署",
                        "The witness " + c.witness().name() + " cosigned it at " + c.at())));
        return head;
    }

    boolean holds() {
        return found.holds();
    }

    Map<String, Object> figures() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("holds", found.holds());
        line.put(
                "origin", found.checkpoint() == null ? null : found.checkpoint().origin());
        line.put("size", found.checkpoint() == null ? null : found.checkpoint().size());
        line.put("index", found.checkpoint() == null ? null : found.index());
        line.put("checked", found.checked().stream().map(Check::word).toList());
        line.put("failed", found.failures().stream().map(f -> f.check().word()).toList());
        line.put("cosignatures", found.cosignatures().size());
        return line;
    }
}
