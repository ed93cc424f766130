package org.voucherledger.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_06;
import static org.voucherledger.domain.rule.Rule.CL_02;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.scenario.Province.GUANGZHOU;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.domain.batch.BatchCommand.MoveDate;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.scenario.GuangdongCloudTerms;
import org.voucherledger.domain.scenario.Province;
import org.voucherledger.domain.voucher.VoucherCommand.RecoverVoucher;
import org.voucherledger.domain.voucher.VoucherStatus;

class CloudDatesTest {

    private Province province;

    @BeforeEach
    void open() {
        province = new Province();
        province.opens("GZ", GUANGZHOU, yuan(100_000)).wasAccepted();
    }

    @AfterEach
    void close() {
        province.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"VALID_UNTIL", "ORDER_DEADLINE", "BACKFILL_UNTIL"})
    @DisplayName("ALL-06: a date that a cloud batch does not have is not moved: nothing would come of it")
    void notItsDates(BatchDate date) {
        province.sends(new MoveDate("GZ", date, shanghai("2021-01-01T00:00"), "notice-2", "调整"))
                .wasRefusedBy(ALL_06)
                .about("DateNotOfThisBatch");
    }

    @Test
    @DisplayName(
            "CL-02: a cloud batch is opened without a validity of its own; its vouchers end when redemption closes")
    void noValidity() {
        OpenBatch with = new OpenBatch(
                "FS",
                GuangdongCloudTerms.SCHEME,
                "佛山市",
                100,
                GuangdongCloudTerms.APPLY_FROM,
                GuangdongCloudTerms.APPLY_UNTIL,
                GuangdongCloudTerms.REDEMPTION_UNTIL,
                null,
                null,
                "notice");
        province.sends(with).wasRefusedBy(CL_02).about("ValidityNotOfThisKind");
        province.opens("FS", "佛山市", 100).wasAccepted();
        assertThat(province.city().batch("FS").date(BatchDate.VALID_UNTIL)).isNull();
    }

    @Test
    @DisplayName("CL-02, ALL-06: what ends a cloud voucher is the end of redemption, moved by the authority")
    void movedRedemption() {
        String voucher = province.issues("E1", "GZ", 1_000);
        Instant later = shanghai("2021-03-01T00:00");
        province.sends(new MoveDate("GZ", BatchDate.REDEMPTION_UNTIL, later, "notice-2", "延期"))
                .wasAccepted();
        province.at("2021-02-28T23:59:59").sends(new RecoverVoucher(voucher));
        assertThat(province.city().lastOutcome().refusal().about()).isEqualTo("NotDueForRecovery");
        province.at(later).sends(new RecoverVoucher(voucher)).wasAccepted();
        assertThat(province.state(voucher).status()).isEqualTo(VoucherStatus.REVOKED);
        province.booksBalance();
    }
}
