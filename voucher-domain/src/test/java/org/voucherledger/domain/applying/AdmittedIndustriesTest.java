package org.voucherledger.domain.applying;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRegistered;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseVerified;
import org.voucherledger.domain.party.EnterpriseState;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.SchemeTerms;

@DisplayName("GZ-01: a scheme admits the industries that it names, and all of them where it names none")
class AdmittedIndustriesTest {

    private static final String CODE = "91440100XXE0000013";

    @ParameterizedTest
    @EnumSource(Industry.class)
    void none_named_admits_all(Industry industry) {
        assertNull(Eligibility.againstParty(enterprise(industry), CODE, GuangzhouTerms.CITY, terms(Set.of()), 2020));
    }

    @Test
    void one_named_admits_no_other() {
        var terms = terms(Set.of(Industry.RETAIL));
        assertNull(Eligibility.againstParty(enterprise(Industry.RETAIL), CODE, GuangzhouTerms.CITY, terms, 2020));
        assertEquals(
                "IndustryNotAdmitted",
                Eligibility.againstParty(enterprise(Industry.POSTAL), CODE, GuangzhouTerms.CITY, terms, 2020)
                        .about());
    }

    private static EnterpriseState enterprise(Industry industry) {
        var declaration = new Declaration(
                "示范企业",
                GuangzhouTerms.CITY,
                "越秀区",
                industry,
                5,
                40,
                40,
                Size.MICRO,
                true,
                LocalDate.of(2015, 1, 1),
                "handler-1",
                1);
        var licence = new Document("LICENCE", "0".repeat(64), "application/pdf", 1_000);
        return EnterpriseState.EMPTY
                .evolve(new EnterpriseRegistered(CODE, declaration, Size.MICRO))
                .evolve(new EnterpriseVerified(
                        CODE, 2020, LocalDate.of(2020, 1, 2), true, true, Set.of(), List.of(licence)));
    }

    private static SchemeTerms terms(Set<Industry> industries) {
        var t = GuangzhouTerms.asPublished();
        var e = t.eligibility();
        var eligibility = new SchemeTerms.Eligibility(
                e.sizes(), industries, e.legalPersonOnly(), e.verifiedEachYear(), e.minimumTrustLevel());
        return GuangzhouTerms.with(d -> d.with("eligibility", eligibility));
    }
}
