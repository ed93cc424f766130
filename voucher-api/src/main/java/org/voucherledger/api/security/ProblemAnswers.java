package org.voucherledger.api.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.Problem;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.problem.Problems;

/** Says 401, 403 and, where the issuer of tokens is away, 503 as problem documents, with the challenge that RFC 6750 asks for. */
final class ProblemAnswers implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAnswers.class);
    private static final int ASK_AGAIN_AFTER_SECONDS = 5;

    private final AuthenticationEntryPoint challenge = new BearerTokenAuthenticationEntryPoint();
    private final ProblemWriter writer;

    ProblemAnswers(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException, jakarta.servlet.ServletException {
        Language language = Language.preferred(request.getHeader("Accept-Language"));
        if (cause instanceof AuthenticationServiceException) {
            LOG.warn(
                    "A token could not be judged: {}",
                    NestedExceptionUtils.getMostSpecificCause(cause).toString());
            writer.write(issuerAway(language), response);
            return;
        }
        challenge.commence(request, response, cause);
        writer.write(
                Problems.ofRequest(
                        401,
                        "Unauthenticated",
                        language,
                        "未提供有效的访问令牌：请在 Authorization 头中以 Bearer 方式提供。",
                        "No valid token: send one in the Authorization header, as Bearer <token>."),
                response);
    }

    private static Problem issuerAway(Language language) {
        return Problems.tryAgain(
                "IssuerUnavailable",
                ASK_AGAIN_AFTER_SECONDS,
                language,
                "暂时无法验证访问令牌",
                "The token cannot be judged at the moment",
                "令牌签发方暂时无法访问，本次请求未受理；请于 " + ASK_AGAIN_AFTER_SECONDS + " 秒后重新提交。",
                "Its issuer cannot be asked; the request was not received. Ask again in " + ASK_AGAIN_AFTER_SECONDS
                        + " s.");
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException cause)
            throws IOException {
        Language language = Language.preferred(request.getHeader("Accept-Language"));
        writer.write(
                Problems.ofRequest(403, "Forbidden", language, "当前角色无权进行此操作。", "The caller's role may not do this."),
                response);
    }
}
