package org.voucherledger.api.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.voucherledger.domain.scenario.ConsumptionTerms.CATERING;
import static org.voucherledger.domain.scenario.ConsumptionTerms.LARGE;
import static org.voucherledger.domain.scenario.ConsumptionTerms.RETAIL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.SMALL;
import static org.voucherledger.domain.scenario.ConsumptionTerms.UNTIL;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.ConsumptionTerms;
import org.voucherledger.domain.scenario.GuangzhouTerms.Draft;
import org.voucherledger.domain.scheme.SchemeTerms.Category;
import org.voucherledger.domain.scheme.SchemeTerms.Consumption;
import org.voucherledger.domain.scheme.SchemeTerms.Face;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;

/** A past cycle of consumption vouchers under a draft: the takes are decided anew (CV-01). */
class TakesWhatIfTest {

    private static WhatIfLedger ledger;

    @BeforeAll
    static void start() {
        ledger = new WhatIfLedger();
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    /** h-1 takes two of catering and gives the second back, which h-2 and h-1 could use; h-2 takes one of retail. */
    private static City lived() {
        City city = ConsumptionTerms.city();
        city.takes("h-1", "B1", CATERING, LARGE).wasAccepted();
        city.takes("h-1", "B1", CATERING, SMALL).wasAccepted();
        city.sends(new ReturnVoucher("B1-T2", "不用了")).wasAccepted();
        city.takes("h-2", "B1", RETAIL, SMALL).wasAccepted();
        city.at(UNTIL).sends(new EndApplications("B1")).wasAccepted();
        ledger.bring(city);
        return city;
    }

    private static Draft offering(Map<String, Category> categories) {
        var published = ConsumptionTerms.published();
        return new Draft(published).with("consumption", new Consumption(categories));
    }

    @Test
    @DisplayName(
            "CV-01: told anew under its own rules, every take is what it was; the holder is known by the reference only")
    void itsOwnRules() {
        try (City city = lived()) {
            WhatIfAnswer answer = ledger.ask("B1", ConsumptionTerms.published());
            assertThat(answer.applications()).hasSize(3).allSatisfy(each -> {
                assertThat(each.change()).isEqualTo(Compared.Change.SAME);
                assertThat(each.after()).isEqualTo(each.before());
            });
            assertThat(answer.applications())
                    .extracting(Compared::applicationId, Compared::applicantId)
                    .containsExactly(tuple("B1-T1", "h-1"), tuple("B1-T2", "h-1"), tuple("B1-T3", "h-2"));
            assertThat(answer.before().grantedFen()).isEqualTo(LARGE + SMALL + SMALL);
            assertThat(city.batch("B1").taken()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("CV-01: under a draft the count of a holder, the categories and the faces decide each take anew")
    void underADraft() {
        try (City city = lived()) {
            var faces = List.of(new Face(SMALL, yuan(100)), new Face(LARGE, yuan(200)));
            // One of catering a holder; no retail.
            WhatIfAnswer fewer = ledger.ask(
                    "B1", offering(Map.of(CATERING, new Category(1, faces))).terms());
            assertThat(fewer.applications())
                    .extracting(each -> each.after().about())
                    .containsExactly(null, "HolderLimitReached", "CategoryNotOffered");
            assertThat(fewer.after())
                    .isEqualTo(new Sums(LARGE, fewer.budgetFen() - LARGE, Map.of(Fate.GRANTED, 1L, Fate.REFUSED, 2L)));
            // No large face of catering.
            WhatIfAnswer small = ledger.ask(
                    "B1",
                    offering(Map.of(CATERING, new Category(2, faces.subList(0, 1)), RETAIL, new Category(3, faces)))
                            .terms());
            assertThat(small.applications())
                    .extracting(each -> each.after().about())
                    .containsExactly("FaceNotOffered", null, null);
            assertThat(city.batch("B1").taken()).isEqualTo(3);
        }
    }
}
