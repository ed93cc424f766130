package org.voucherledger.api.query;

import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.TimeoutException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.problem.Problems;

/** A view that does not reach the asked position in time is a reason to ask again, not a fault. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ViewsBehind {

    private static final int RETRY_AFTER_SECONDS = 2;

    private final ProblemWriter problems;

    ViewsBehind(ProblemWriter problems) {
        this.problems = problems;
    }

    @ExceptionHandler
    ResponseEntity<byte[]> behind(TimeoutException behind, HttpServletRequest request) {
        return problems.entity(Problems.tryAgain(
                "ViewBehind",
                RETRY_AFTER_SECONDS,
                Language.preferred(request.getHeader("Accept-Language")),
                "视图尚未更新到所要求的位置",
                "The view has not reached the asked position",
                "请于 " + RETRY_AFTER_SECONDS + " 秒后重试。",
                "Ask again in " + RETRY_AFTER_SECONDS + " s: " + behind.getMessage() + "."));
    }
}
