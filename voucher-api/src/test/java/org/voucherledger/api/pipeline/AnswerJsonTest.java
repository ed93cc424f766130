package org.voucherledger.api.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;
import tools.jackson.databind.json.JsonMapper;

class AnswerJsonTest {

    private static final Instant AT = Instant.parse("2020-04-01T01:00:00.123456Z");

    private final AnswerJson json = new AnswerJson(JsonMapper.builder().build());

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "{\"b\":1,\"a\":[ {\"x\":\"服务券\"} ]}", "\"}\"", "1.50"})
    void a_result_comes_back_to_the_letter(String result) {
        var answer = new Answer.Accepted(result, 7, AT);

        assertThat(json.readAccepted(json.write(answer), 7, AT)).isEqualTo(answer);
    }

    @Test
    void a_refusal_comes_back_with_numbers_and_texts_as_they_were() {
        var answer = new Answer.Denied(
                new Decision(Rule.GZ_11, Check.CAPS, "AnnualCap", false, 2_000_000L, -1L, "\"123\" 元"), 9, AT);

        assertThat(json.readDenied(json.write(answer), 9, AT)).isEqualTo(answer);
    }

    @Test
    void other_figures_become_numbers_and_texts_before_anybody_sees_them() {
        var decision = new Decision(Rule.GZ_20, Check.DEADLINE, "X", false, 3, LocalDate.of(2020, 5, 31), Check.CAPS);

        assertThat(AnswerJson.kept(decision))
                .isEqualTo(new Decision(Rule.GZ_20, Check.DEADLINE, "X", false, 3L, "2020-05-31", "CAPS"));
    }
}
