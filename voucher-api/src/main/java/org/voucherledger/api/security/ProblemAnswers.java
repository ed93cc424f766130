package org.voucherledger.api.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.problem.Problems;

/** Says 401 and 403 as problem documents, with the challenge that RFC 6750 asks for. */
final class ProblemAnswers implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final AuthenticationEntryPoint challenge = new BearerTokenAuthenticationEntryPoint();
    private final ProblemWriter writer;

    ProblemAnswers(ProblemWriter writer) {
        this.writer = writer;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException cause)
            throws IOException, jakarta.servlet.ServletException {
        challenge.commence(request, response, cause);
        Language language = Language.preferred(request.getHeader("Accept-Language"));
        writer.write(
                Problems.ofRequest(
                        401,
                        "Unauthenticated",
                        language,
                        "未提供有效的访问令牌：请在 Authorization 头中以 Bearer 方式提供。",
                        "No valid token: send one in the Authorization header, as Bearer <token>."),
                response);
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
