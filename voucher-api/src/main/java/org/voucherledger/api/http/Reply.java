package org.voucherledger.api.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.voucherledger.api.json.StrictJson;
import org.voucherledger.api.pipeline.Answer;
import org.voucherledger.api.problem.Language;
import org.voucherledger.api.problem.Problem;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.api.problem.Problems;
import tools.jackson.databind.util.RawValue;

/** What a caller is told of one command: that it was done, or the problem that it was not. */
sealed interface Reply {

    /** As the answer to a single request. */
    ResponseEntity<byte[]> entity(ProblemWriter problems);

    /** As one entry of a bulk answer. */
    Map<String, Object> entry(String key);

    static Reply of(Answer answer, Language language) {
        return switch (answer) {
            case Answer.Accepted done -> new Done(done);
            case Answer.Denied denied -> new NotDone(Problems.of(denied, language));
            case Answer.KeyReused reused -> new NotDone(Problems.of(reused, language));
            case Answer.Overloaded overloaded -> new NotDone(Problems.of(overloaded, language));
        };
    }

    record Done(Answer.Accepted answer) implements Reply {

        private Map<String, Object> members() {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("position", answer.position());
            members.put("receivedAt", answer.receivedAt().toString());
            members.put("result", new RawValue(answer.result()));
            return members;
        }

        @Override
        public ResponseEntity<byte[]> entity(ProblemWriter problems) {
            return Reply.json(members());
        }

        @Override
        public Map<String, Object> entry(String key) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("key", key);
            entry.put("status", 200);
            entry.putAll(members());
            return entry;
        }
    }

    record NotDone(Problem problem) implements Reply {

        @Override
        public ResponseEntity<byte[]> entity(ProblemWriter problems) {
            return problems.entity(problem);
        }

        /** An entry has no headers of its own, so it says when to ask again as a member. */
        @Override
        public Map<String, Object> entry(String key) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("key", key);
            entry.put("status", problem.status());
            entry.put("position", problem.members().get("position"));
            if (problem.retryAfterSeconds() > 0) {
                entry.put("retryAfterSeconds", problem.retryAfterSeconds());
            }
            entry.put("problem", problem.members());
            return entry;
        }
    }

    /** A 200 with this JSON. */
    static ResponseEntity<byte[]> json(Object body) {
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(StrictJson.MAPPER.writeValueAsString(body).getBytes(StandardCharsets.UTF_8));
    }
}
