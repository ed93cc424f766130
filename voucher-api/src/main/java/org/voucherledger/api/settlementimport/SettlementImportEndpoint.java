package org.voucherledger.api.settlementimport;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.Problem;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.api.security.ActorAuthentication;
import org.voucherledger.api.security.Asker;
import org.voucherledger.api.settlementimport.Finding.Kind;
import org.voucherledger.api.table.FileFlaw;
import org.voucherledger.api.table.RowFlaw;
import org.voucherledger.api.table.Words;
import org.voucherledger.domain.command.Field;

/**
 * GZ-43: settles what the bank has paid, from its file. The whole file is compared first; with one line that does not agree
 * nothing is settled. What was settled under the same reference is settled, so that a file may be sent again; whatever stops it
 * half way, the answer says of each line what became of it.
 */
@RestController
@Tag(name = "Claims")
class SettlementImportEndpoint {

    static final String PATH = "/api/v1/settlement-imports";

    private static final List<String> TYPES = List.of(
            "text/csv",
            "application/octet-stream",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    private static final int MOST_BYTES = 5_242_880;
    private static final int ASK_AGAIN_AFTER_SECONDS = 5;

    private final Reconciliation reconciliation;
    private final Settlements settlements;
    private final ProblemWriter problems;

    SettlementImportEndpoint(Reconciliation reconciliation, Settlements settlements, ProblemWriter problems) {
        this.reconciliation = reconciliation;
        this.settlements = settlements;
        this.problems = problems;
    }

    /**
     * What came of the file.
     *
     * @param settled how many lines are settled; all of them, unless it was only asked
     */
    record Report(int lines, long settled, long sumFen, List<Finding> findings) {}

    @Operation(
            operationId = "ImportSettlements",
            summary = "Settle what the bank has paid, from its file: CSV or XLSX (GZ-43)",
            description = "Columns claimId, voucherId, amount (yuan) and bankReference, or 兑现申请编号, 服务券编号, 金额（元）, 银行流水号;"
                    + " paidOn (付款日期), reason (未按顺序付款的理由) and documents (银行回单), which are uploaded before and"
                    + " named as kind|sha256|bytes|media type, may be left out; other columns are passed over."
                    + " With one line that is unknown, doubled, of another amount or not payable nothing is settled."
                    + " Where the ledger is too busy for all of them the answer says of each line what became of it; the same file"
                    + " under the same key settles the rest.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(mediaType = "*/*", schema = @Schema(type = "string", format = "binary"))))
    @PostMapping(PATH)
    @PreAuthorize("hasRole('OPERATOR')")
    ResponseEntity<?> settle(
            @Parameter(description = "The caller's name for this attempt") @RequestHeader(name = "Idempotency-Key")
                    String key,
            @Parameter(description = "Compare only; nothing is settled") @RequestParam(defaultValue = "false")
                    boolean dryRun,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        Language language = Language.preferred(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        Asker asker = ActorAuthentication.asker(request.getUserPrincipal(), null);
        String attempt = Field.text("Idempotency-Key", key);
        String type = String.valueOf(request.getContentType());
        if (TYPES.stream().noneMatch(type::startsWith)) {
            return problems.entity(Problems.ofRequest(
                    415,
                    "UnsupportedMediaType",
                    language,
                    "请求内容的类型须为 " + TYPES + " 之一。",
                    "Send it as one of " + TYPES + "."));
        }
        List<BankLine> lines = lines(request.getInputStream());
        List<Finding> findings = reconciliation.of(lines, asker);
        List<Finding> faults = findings.stream().filter(f -> f.kind().isFault()).toList();
        if (!faults.isEmpty()) {
            return problems.entity(differs(faults, lines.size(), language));
        }
        if (dryRun) {
            return ResponseEntity.ok(report(lines, findings));
        }
        return settle(lines, findings, asker, attempt, language);
    }

    private static List<BankLine> lines(InputStream body) throws IOException {
        byte[] file = body.readNBytes(MOST_BYTES + 1);
        if (file.length > MOST_BYTES) {
            throw new BankFileFaulty(List.of(new FileFlaw(
                            0,
                            "",
                            "FileTooLarge",
                            new Words(
                                    "文件多于 " + MOST_BYTES + " 字节，请分成多个文件。",
                                    "The file has more than " + MOST_BYTES + " bytes; split it."))
                    .flaw()));
        }
        Path aside = Files.createTempFile("bank-", "");
        try {
            Files.write(aside, file);
            return BankFile.read(aside);
        } finally {
            Files.delete(aside);
        }
    }

    private ResponseEntity<?> settle(
            List<BankLine> lines, List<Finding> findings, Asker asker, String attempt, Language language) {
        List<BankLine> open = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (findings.get(i).kind() == Kind.PAYABLE) {
                open.add(lines.get(i));
            }
        }
        // What is submitted in order is done in order.
        var became = settlements.settle(reconciliation.payments(open), asker, attempt);
        List<Finding> all = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            all.add(became.getOrDefault(lines.get(i).line(), findings.get(i)));
        }
        return all.stream().anyMatch(finding -> finding.kind().isFault())
                ? problems.entity(partly(all, language))
                : ResponseEntity.ok(report(lines, all));
    }

    private static Report report(List<BankLine> lines, List<Finding> findings) {
        return new Report(
                lines.size(),
                findings.stream().filter(f -> f.kind() == Kind.SETTLED).count(),
                lines.stream().mapToLong(BankLine::amountFen).sum(),
                findings);
    }

    /** Every line with what became of it; what was settled stays settled. */
    private static Problem partly(List<Finding> all, Language language) {
        long settled =
                all.stream().filter(finding -> finding.kind() == Kind.SETTLED).count();
        String titleZh = "银行回单未全部结算";
        String titleEn = "Not all of the bank's file is settled";
        if (all.stream().anyMatch(finding -> finding.kind().isToBeAskedAgain())) {
            return Problems.tryAgain(
                            "SettlementFilePartlySettled",
                            ASK_AGAIN_AFTER_SECONDS,
                            language,
                            titleZh,
                            titleEn,
                            "共 " + all.size() + " 行，已结算 " + settled + " 行；请以相同的文件和幂等键重新提交，已结算的不会重复办理。",
                            settled + " of " + all.size()
                                    + " lines are settled; send the same file again under the same key: nothing is done twice.")
                    .with("errors", all);
        }
        return Problems.of(
                409,
                "SettlementFilePartlySettled",
                language,
                titleZh,
                titleEn,
                "共 " + all.size() + " 行，已结算 " + settled + " 行，其余未予办理，原因逐行列明。",
                settled + " of " + all.size() + " lines are settled; of the others each says why it is not.",
                all);
    }

    private static Problem differs(List<Finding> faults, int lines, Language language) {
        Finding first = faults.getFirst();
        return Problems.of(
                422,
                "SettlementFileDiffers",
                language,
                "银行回单与台账不一致",
                "The bank's file and the ledger do not agree",
                "共 " + lines + " 行，" + faults.size() + " 行不一致；首先是第 " + first.line() + " 行：" + first.kind() + "，台账为"
                        + first.expected() + "，文件为" + first.found() + "。",
                faults.size() + " of " + lines + " lines; the first: line " + first.line() + ", " + first.kind()
                        + ", required: " + first.expected() + "; found: " + first.found() + ".",
                faults);
    }

    /** @param column the heading as it stands in the file; empty where no single column is meant */
    record Flawed(long line, String column, String about, String reason, String value) {

        private static Flawed of(RowFlaw flaw, Language language) {
            Words words = flaw.words();
            return new Flawed(
                    flaw.line(),
                    flaw.column(),
                    flaw.about(),
                    language == Language.ZH ? words.chinese() : words.english(),
                    flaw.value());
        }
    }

    @ExceptionHandler
    ResponseEntity<byte[]> faulty(BankFileFaulty faulty, HttpServletRequest request) {
        Language language = Language.preferred(request.getHeader(HttpHeaders.ACCEPT_LANGUAGE));
        RowFlaw first = faulty.flaws().getFirst();
        String column = first.column().isEmpty() ? "" : " " + first.column();
        return problems.entity(Problems.of(
                400,
                "SettlementFileFaulty",
                language,
                "银行回单文件有误，未作任何结算",
                "The bank's file is faulty; nothing was settled",
                "第 " + first.line() + " 行" + column + "：" + first.words().chinese(),
                "line " + first.line() + column + ": " + first.words().english(),
                faulty.flaws().stream().map(flaw -> Flawed.of(flaw, language)).toList()));
    }
}
