package org.voucherledger.api.schemefile;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.City;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;

/** That each row of the tariff can be meant: it reaches somebody, and its amounts agree with each other and with the fund. */
final class TariffConsistency {

    private final SchemeTerms terms;
    private final Findings findings;
    private final Set<String> regions;

    private TariffConsistency(SchemeTerms terms, Findings findings) {
        this.terms = terms;
        this.findings = findings;
        this.regions = terms.cities().stream()
                .map(City::region)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    static void check(SchemeTerms terms, Findings findings) {
        var check = new TariffConsistency(terms, findings);
        var reach = new TariffReach(terms);
        for (int row = 0; row < terms.tariff().size(); row++) {
            String pointer = "/tariff/" + row;
            if (check.isMeant(terms.tariff().get(row), pointer)) {
                findings.insist(
                        reach.reaches(row),
                        pointer,
                        "没有企业会用到这一行：凡符合的企业都已符合前面的行，或不在申领范围内",
                        "nobody reaches this row: whoever fits it fits an earlier one already, or may not apply");
            }
            check.amounts(terms.tariff().get(row), pointer);
        }
    }

    /** What the row asks for can be at all. */
    private boolean isMeant(Tariff row, String pointer) {
        boolean meant = true;
        for (String region : row.when().regions()) {
            if (!regions.contains(region)) {
                findings.say(
                        pointer + "/when/regions", "没有城市属于地区“" + region + "”", "no city is of the region " + region);
                meant = false;
            }
        }
        Integer from = row.when().applicationFrom();
        Integer to = row.when().applicationTo();
        if (from != null && to != null && from > to) {
            findings.say(pointer + "/when/applicationTo", "不得小于 applicationFrom", "must not be below applicationFrom");
            meant = false;
        }
        return meant;
    }

    private void amounts(Tariff row, String pointer) {
        withinTheFund(row.annualCapFen(), pointer + "/annualCapFen");
        withinTheFund(row.ceilingFen(), pointer + "/ceilingFen");
        findings.insist(
                row.annualCapFen() == null || row.ceilingFen() == null || row.ceilingFen() <= row.annualCapFen(),
                pointer + "/ceilingFen",
                "高于年度上限 annualCapFen",
                "is above annualCapFen");
    }

    private void withinTheFund(Long amountFen, String pointer) {
        findings.insist(
                amountFen == null || amountFen <= terms.fund().amountFen(),
                pointer,
                "高于资金总额 fund.amountFen",
                "is above fund.amountFen");
    }
}
