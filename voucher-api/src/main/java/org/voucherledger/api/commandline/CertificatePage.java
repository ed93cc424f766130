package org.voucherledger.api.commandline;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.voucherledger.api.schemefile.Words;
import org.voucherledger.projections.books.Scope;
import org.voucherledger.projections.books.ScopeKind;
import org.voucherledger.projections.certificate.Certificate;
import org.voucherledger.projections.certificate.CertificateCheck;
import org.voucherledger.projections.certificate.Judgement;
import org.voucherledger.projections.certificate.Judgement.Fault;

/** What was found out about a certificate, as an auditor reads it: what holds, what does not, what it cannot prove. */
final class CertificatePage {

    private final Path file;
    private final Judgement judgement;

    CertificatePage(Path file, Judgement judgement) {
        this.file = file;
        this.judgement = judgement;
    }

    void inChinese(PrintWriter out) {
        print(out, Words::zh, CertificateCheck::zh, Fault::zh);
    }

    void inEnglish(PrintWriter out) {
        print(out, Words::en, CertificateCheck::en, Fault::en);
    }

    private void print(
            PrintWriter out,
            Function<Words, String> said,
            Function<CertificateCheck, String> check,
            Function<Fault, String> reason) {
        head().forEach(words -> out.println(said.apply(words)));
        for (CertificateCheck each : CertificateCheck.values()) {
            if (!judgement.checked().contains(each)) {
                continue;
            }
            var fault = judgement.of(each);
            out.println("  " + said.apply(Verdict.mark(fault.isEmpty())) + " " + check.apply(each));
            fault.ifPresent(f -> out.println("      " + reason.apply(f)));
        }
        out.println(said.apply(Words.of("此文件不能证明：", "What this file cannot prove:")));
        limits().forEach(words -> out.println("  - " + said.apply(words)));
        out.println(said.apply(Verdict.of(judgement.holds())));
    }

    private List<Words> head() {
        var head = new ArrayList<Words>();
        head.add(Words.of("证书 " + file, "The certificate in " + file));
        Certificate certificate = judgement.certificate();
        if (certificate != null) {
            Scope scope = certificate.figures().scope();
            boolean isAScheme = scope.kind() == ScopeKind.SCHEME;
            String ledger = certificate.checkpoint().origin();
            String where = certificate.position() + "，" + certificate.time();
            head.add(Words.of(
                    "账本 " + ledger + "，" + (isAScheme ? "工作方案 " : "批次 ") + scope.id() + "，位置 " + where,
                    "Ledger " + ledger + ", " + (isAScheme ? "scheme " : "batch ") + scope.id() + ", at position "
                            + certificate.position() + ", " + certificate.time()));
        }
        return head;
    }

    private List<Words> limits() {
        var limits = new ArrayList<Words>();
        limits.add(Words.of("在该位置之后没有再发生任何事", "that nothing has happened after that position"));
        if (!judgement.checked().contains(CertificateCheck.FIGURES)) {
            limits.add(
                    Words.of(
                            "各账户的数字确由事件算得：需整本账的证据文件（--evidence）",
                            "that the figures are what the events make them: that takes the whole ledger's evidence (--evidence)"));
        }
        return limits;
    }

    /** For {@code --json}. */
    Map<String, Object> figures() {
        Certificate certificate = judgement.certificate();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("holds", judgement.holds());
        if (certificate != null) {
            line.put("scope", certificate.figures().scope().kind() == ScopeKind.SCHEME ? "scheme" : "batch");
            line.put("id", certificate.figures().scope().id());
            line.put("origin", certificate.checkpoint().origin());
            line.put("size", certificate.checkpoint().size());
            line.put("position", certificate.position());
        }
        line.put(
                "checked",
                judgement.checked().stream().map(CertificateCheck::word).toList());
        line.put(
                "failed", judgement.faults().stream().map(f -> f.check().word()).toList());
        return line;
    }
}
