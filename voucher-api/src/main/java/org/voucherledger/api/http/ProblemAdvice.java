package org.voucherledger.api.http;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.BeanInstantiationException;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.validation.BindException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.voucherledger.api.json.WrongField;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.problem.Problems;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.rule.Refused;

/** Whatever goes wrong while a request is served leaves as a problem document, and never as a stack trace. */
@RestControllerAdvice
class ProblemAdvice {

    private final ProblemWriter writer;

    ProblemAdvice(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler
    ResponseEntity<byte[]> malformed(Malformed malformed, HttpServletRequest request) {
        return writer.entity(Problems.of(malformed, language(request)));
    }

    /** Parameters that are read together refuse themselves while they are put together. */
    @ExceptionHandler
    ResponseEntity<byte[]> notMade(BeanInstantiationException notMade, HttpServletRequest request) {
        return notMade.getCause() instanceof Malformed malformed
                ? malformed(malformed, request)
                : other(notMade, request);
    }

    @ExceptionHandler
    ResponseEntity<byte[]> badRequest(BadRequest bad, HttpServletRequest request) {
        return writer.entity(bad.problem(language(request)));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> refused(Refused refused, HttpServletRequest request) {
        return writer.entity(Problems.of(refused.decision(), language(request)));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> wrongKind(TypeMismatchException mismatch, HttpServletRequest request) {
        String field = mismatch instanceof MethodArgumentTypeMismatchException argument
                ? argument.getName()
                : String.valueOf(mismatch.getPropertyName());
        Class<?> kind = mismatch.getRequiredType();
        return writer.entity(Problems.malformed(
                field, kind == null ? "is missing or cannot be read" : WrongField.mustBe(kind), language(request)));
    }

    /** The same, of parameters that are read together. */
    @ExceptionHandler
    ResponseEntity<byte[]> wrongKinds(BindException wrong, HttpServletRequest request) {
        return wrong.getAllErrors().stream()
                .filter(error -> error.contains(TypeMismatchException.class))
                .findFirst()
                .map(error -> wrongKind(error.unwrap(TypeMismatchException.class), request))
                .orElseGet(() -> other(wrong, request));
    }

    @ExceptionHandler
    ResponseEntity<byte[]> unreadable(HttpMessageNotReadableException unreadable, HttpServletRequest request) {
        return writer.entity(Problems.malformed("body", "is missing or cannot be read", language(request)));
    }

    /** What the firewall finds only when it is asked for it, as a parameter's name. */
    @ExceptionHandler
    ResponseEntity<byte[]> rejected(RequestRejectedException rejected, HttpServletRequest request) {
        return writer.entity(HttpProblem.of(400, language(request), ""));
    }

    /** Security has its own answers, in its filters. */
    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    void denied(RuntimeException denied) {
        throw denied;
    }

    /** The caller has gone away; there is nobody to tell. */
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException gone) {}

    /** Spring's own answers (404, 405, 406, 415 …) carry a status; everything else is a fault of ours. */
    @ExceptionHandler
    ResponseEntity<byte[]> other(Throwable thrown, HttpServletRequest request) {
        if (!(thrown instanceof ErrorResponse spring)) {
            return writer.entity(Problems.ofFault(thrown, language(request)));
        }
        ResponseEntity<byte[]> answer =
                writer.entity(HttpProblem.of(spring.getStatusCode().value(), language(request), detail(spring)));
        HttpHeaders headers = new HttpHeaders();
        headers.addAll(spring.getHeaders());
        headers.addAll(answer.getHeaders());
        return new ResponseEntity<>(
                answer.getBody(),
                headers,
                HttpStatusCode.valueOf(answer.getStatusCode().value()));
    }

    private static String detail(ErrorResponse spring) {
        String detail = spring.getBody().getDetail();
        return detail == null ? "" : detail;
    }

    private static Language language(HttpServletRequest request) {
        return Language.preferred(request.getHeader("Accept-Language"));
    }
}
