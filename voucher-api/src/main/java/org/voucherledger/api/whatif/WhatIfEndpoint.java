package org.voucherledger.api.whatif;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.http.SchemeFileRequest;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.api.schemefile.SchemeFileFaulty;

/** Asks what a past batch would have become under a draft. A question, although it comes with a body: nothing is recorded. */
@RestController
@Tag(name = "Schemes")
class WhatIfEndpoint {

    private static final int RETRY_AFTER_SECONDS = 10;

    private final WhatIf whatIf;
    private final ProblemWriter problems;

    WhatIfEndpoint(WhatIf whatIf, ProblemWriter problems) {
        this.whatIf = whatIf;
        this.problems = problems;
    }

    @Operation(
            summary = "Re-decide a past batch's applications under a draft of a scheme, writing nothing",
            requestBody =
                    @RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "application/yaml",
                                        schema = @Schema(ref = "#/components/schemas/SchemeFile")),
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(ref = "#/components/schemas/SchemeFile"))
                            }))
    @PostMapping("/api/v1/batches/{batchId}/what-if")
    @PreAuthorize("hasAnyRole('OPERATOR', 'EXPERT', 'BUREAU', 'SYSTEM', 'AUDITOR')")
    WhatIfAnswer whatIf(@PathVariable String batchId, @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        return whatIf.ask(batchId, SchemeFileRequest.read(request));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> underWay(WhatIfUnderWay underWay, HttpServletRequest request) {
        return problems.entity(Problems.tryAgain(
                "WhatIfUnderWay",
                RETRY_AFTER_SECONDS,
                Language.preferred(request.getHeader("Accept-Language")),
                "正在测算另一批次",
                "Another batch is being re-decided",
                "一次只测算一个批次，请于 " + RETRY_AFTER_SECONDS + " 秒后重试。",
                "One batch is re-decided at a time; ask again in " + RETRY_AFTER_SECONDS + " s."));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> faulty(SchemeFileFaulty faulty, HttpServletRequest request) {
        return problems.entity(SchemeFileRequest.problem(
                faulty,
                Language.preferred(request.getHeader("Accept-Language")),
                "方案草稿有误，未作测算",
                "The draft is faulty; nothing was re-decided"));
    }
}
