package org.voucherledger.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_06;
import static org.voucherledger.domain.rule.Rule.CL_04;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.scenario.Province.GUANGZHOU;
import static org.voucherledger.domain.scenario.Province.MEIZHOU;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.batch.BatchCommand.CloseBatch;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.cloud.CloudCommand.MoveCityQuota;
import org.voucherledger.domain.scenario.GuangdongCloudTerms;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Province;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;

class CityQuotaTest {

    private Province province;

    @BeforeEach
    void open() {
        province = new Province();
        province.opens("GZ", GUANGZHOU, 1_000).wasAccepted();
        province.opens("MZ", MEIZHOU, 500).wasAccepted();
    }

    @AfterEach
    void close() {
        province.close();
    }

    private static MoveCityQuota move(String from, String to, long fen) {
        return new MoveCityQuota(from, to, fen, "notice-7", "进展不一");
    }

    private long available(String batch) {
        return province.city().batch(batch).available().value();
    }

    @Test
    @DisplayName("CL-04: only what is available moves, to the last fen, and the sum stays")
    void moves() {
        province.reserves("E1", "GZ", 1_000);
        province.sends(move("GZ", "MZ", 301))
                .wasRefusedBy(CL_04)
                .about("MoreThanAvailable")
                .limit(300)
                .asked(301);
        province.sends(move("GZ", "MZ", 300)).wasAccepted();
        assertThat(province.city().recorded())
                .containsExactly("CityQuotaMoved", "FundReleased", "FundAllocated", "CityQuotaMoved");
        assertThat(available("GZ")).isZero();
        assertThat(available("MZ")).isEqualTo(800);
        var scheme = province.city()
                .ledger()
                .look(l -> l.scheme(GuangdongCloudTerms.SCHEME).now());
        assertThat(scheme.allocated().value()).isEqualTo(1_500);
        assertThat(scheme.budgets().get("GZ").value()).isEqualTo(700);
        assertThat(scheme.budgets().get("MZ").value()).isEqualTo(800);
        province.booksBalance();
        // What came is there to be reserved.
        province.registers("E2", MEIZHOU).applies("E2", "MZ", 1_000).wasAccepted();
        province.booksBalance();
    }

    @Test
    @DisplayName("CL-04: between two batches of one scheme")
    void otherScheme() {
        province.sends(new PublishScheme(
                        new GuangzhouTerms.Draft(GuangdongCloudTerms.with(
                                        "fund", GuangzhouTerms.asPublished().fund()))
                                .named("GD-CLOUD-2021")
                                .terms(),
                        "0".repeat(64)))
                .wasAccepted();
        province.sends(new OpenBatch(
                        "OTHER",
                        "GD-CLOUD-2021",
                        GUANGZHOU,
                        yuan(1),
                        GuangdongCloudTerms.APPLY_FROM,
                        GuangdongCloudTerms.APPLY_UNTIL,
                        null,
                        null,
                        null,
                        "notice"))
                .wasAccepted();
        province.sends(move("GZ", "OTHER", 1)).wasRefusedBy(CL_04).about("OtherScheme");
        province.sends(move("GZ", "NOWHERE", 1)).wasRefusedBy(ALL_06).about("BatchUnknown");
        province.sends(move("GZ", "GZ", 1)).wasRefusedBy(CL_04).about("SameBatch");
    }

    @Test
    @DisplayName("CL-04: nothing moves from or to a closed batch")
    void closed() {
        province.at("2021-02-08T17:00").sends(new EndApplications("GZ")).wasAccepted();
        province.sends(move("GZ", "MZ", 1)).wasAccepted();
        province.sends(new CloseBatch("GZ")).wasAccepted();
        province.sends(move("GZ", "MZ", 1)).wasRefusedBy(CL_04).about("BatchPhase");
        province.sends(move("MZ", "GZ", 1)).wasRefusedBy(CL_04).about("BatchPhase");
        province.booksBalance();
    }
}
