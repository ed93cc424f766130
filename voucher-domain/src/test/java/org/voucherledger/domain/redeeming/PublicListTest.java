package org.voucherledger.domain.redeeming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimPublished;
import org.voucherledger.domain.redemption.ClaimEvent.Listed;
import org.voucherledger.domain.redemption.PublicList;
import org.voucherledger.domain.scenario.City;

class PublicListTest {

    private static final Instant NOTICE_END = Instant.parse("2020-06-08T16:00:00Z");

    private static ClaimPublished published(Listed... list) {
        return PublicList.publication("C1", NOTICE_END, "P1", "示范平台", List.of(list));
    }

    @Test
    @DisplayName("GZ-42: the list says of each item who, how much was asked and what became of it")
    void content() {
        String csv = PublicList.csv(published(
                new Listed("V1", "E1", "甲公司", 200_000, 200_000),
                new Listed("V2", "E2", "乙公司", 200_001, 1),
                new Listed("V3", "E3", "丙公司", 300_000, 0)));

        assertThat(csv)
                .isEqualTo("\uFEFF兑现申请编号,服务券编号,企业名称,统一社会信用代码,服务机构,申请金额（元）,核定金额（元）,审核结果,公示截止\r\n"
                        + "C1,V1,甲公司,E1,示范平台,2000.00,2000.00,同意,2020-06-09T00:00\r\n"
                        + "C1,V2,乙公司,E2,示范平台,2000.01,0.01,核减,2020-06-09T00:00\r\n"
                        + "C1,V3,丙公司,E3,示范平台,3000.00,0.00,不予兑现,2020-06-09T00:00\r\n");
    }

    @Test
    @DisplayName("GZ-42: an item that is published anew has a list of one line, and its hash")
    void anew() throws Exception {
        var anew =
                PublicList.anew("C1", "O1", NOTICE_END, "P1", "示范平台", new Listed("V2", "E2", "乙公司", 200_001, 200_000));

        String csv = PublicList.csv(anew);
        assertThat(csv.lines())
                .containsExactly(
                        "\uFEFF兑现申请编号,服务券编号,企业名称,统一社会信用代码,服务机构,申请金额（元）,核定金额（元）,审核结果,公示截止",
                        "C1,V2,乙公司,E2,示范平台,2000.01,2000.00,核减,2020-06-09T00:00");
        assertThat(anew.listSha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(csv.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    @DisplayName("GZ-42: a name cannot break out of its cell or become a formula")
    void hostileNames() {
        String csv = PublicList.csv(published(
                new Listed("V1", "E1", "=HYPERLINK(\"x\",\"y\")", 1, 1), new Listed("V2", "E2", "甲,\n乙", 1, 1)));

        assertThat(csv).contains(",\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\",").contains(",\"甲,\n乙\",");
    }

    @Test
    @DisplayName("GZ-42: the hash in the ledger is that of the list, and any other amount, name or date has another")
    void hash() throws Exception {
        var one = published(new Listed("V1", "E1", "甲公司", 2, 1));
        assertThat(one.listSha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(PublicList.csv(one).getBytes(StandardCharsets.UTF_8))));
        assertThat(one.listSha256())
                .isNotEqualTo(published(new Listed("V1", "E1", "甲公司", 2, 2)).listSha256())
                .isNotEqualTo(published(new Listed("V1", "E1", "乙公司", 2, 1)).listSha256());
    }

    @Test
    @DisplayName(
            "GZ-42, GZ-09: a published claim lists its live items under the names of the day, with the hash of that list")
    void ofAClaim() {
        try (var city = new City()) {
            city.at("2020-05-01T09:00");
            city.grants(
                    voucher("V1").worth(yuan(2_000)).to("E1"),
                    voucher("V2").worth(yuan(2_000)).to("E2"));
            city.at("2020-05-20T09:00").accepts("V1", yuan(2_000)).accepts("V2", yuan(2_000));
            city.at("2020-06-01T00:00")
                    .claims("C1", "V1", "V2")
                    .reviews("C1", yuan(1_500))
                    .publishes("C1")
                    .wasAccepted();

            var published = city.ledger().events().stream()
                    .map(message -> message.getPayload())
                    .filter(ClaimPublished.class::isInstance)
                    .map(ClaimPublished.class::cast)
                    .toList();

            assertThat(published).hasSize(1);
            assertThat(published.getFirst().list()).hasSize(2).allSatisfy(listed -> {
                assertThat(listed.approvedFen()).isEqualTo(yuan(1_500));
                assertThat(listed.enterpriseName()).isNotBlank().isNotEqualTo(listed.enterpriseId());
            });
            assertThat(published.getFirst().providerName()).isNotBlank();
            assertThat(PublicList.publication(
                            "C1",
                            published.getFirst().noticeEndsAt(),
                            published.getFirst().providerId(),
                            published.getFirst().providerName(),
                            published.getFirst().list()))
                    .isEqualTo(published.getFirst());
        }
    }
}
