package org.voucherledger.api.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Sends a problem document, to the servlet response or as Spring's answer. */
@Component
public final class ProblemWriter {

    private final JsonMapper json = JsonMapper.builder().build();

    /** Writes the whole answer; nothing may have been written before. */
    public void write(Problem problem, HttpServletResponse response) throws IOException {
        response.setStatus(problem.status());
        headers(problem).forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        byte[] body = bytes(problem);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The same as a value, for handlers that answer with one. */
    public ResponseEntity<byte[]> entity(Problem problem) {
        return ResponseEntity.status(problem.status()).headers(headers(problem)).body(bytes(problem));
    }

    private byte[] bytes(Problem problem) {
        return json.writeValueAsString(problem.members()).getBytes(StandardCharsets.UTF_8);
    }

    private static HttpHeaders headers(Problem problem) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.set(HttpHeaders.CONTENT_LANGUAGE, problem.language().tag());
        headers.set(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        if (problem.retryAfterSeconds() > 0) {
            headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(problem.retryAfterSeconds()));
        }
        return headers;
    }
}
