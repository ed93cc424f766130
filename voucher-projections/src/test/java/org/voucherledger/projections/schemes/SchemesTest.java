package org.voucherledger.projections.schemes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.GuangzhouTerms.SCHEME;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.SchemeCommand.ChangeFund;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.projections.fixture.TestViews;
import org.voucherledger.projections.projection.Json;

class SchemesTest {

    @Test
    @DisplayName("ALL-01: every version stays with its terms, and the one in force is the last")
    void versions() {
        SchemeTerms next = GuangzhouTerms.with(
                d -> d.annualCap(yuan(5_000)),
                d -> d.fund(yuan(7_000_000), 0),
                d -> d.countsFromPublication(60, 10, 30));
        try (var city = new City();
                var views = new TestViews(new SchemesProjection()).start()) {
            city.sends(new ChangeFund(SCHEME, yuan(7_000_000), "notice-2", "追加"))
                    .wasAccepted();
            views.log().append(city.ledger().events());
            var schemes = new Schemes(views.settle().dataSource());
            assertThat(schemes.list("", 10)).singleElement().satisfies(row -> {
                assertThat(row.version()).isEqualTo(1);
                assertThat(row.fundFen()).isEqualTo(yuan(7_000_000));
            });

            int told = city.ledger().events().size();
            city.at("2020-05-01T09:00")
                    .sends(new PublishScheme(next, "1".repeat(64)))
                    .wasAccepted();
            city.sends(new PublishScheme(GuangzhouTerms.with(d -> d.named("OTHER")), "2".repeat(64)))
                    .wasAccepted();
            views.log()
                    .append(city.ledger()
                            .events()
                            .subList(told, city.ledger().events().size()));
            views.settle();

            assertThat(schemes.list("", 10)).extracting(SchemeRow::id).containsExactly(SCHEME, "OTHER");
            assertThat(schemes.list(SCHEME, 10)).extracting(SchemeRow::id).containsExactly("OTHER");
            assertThat(schemes.list("", 1)).singleElement().satisfies(row -> {
                assertThat(row.version()).isEqualTo(2);
                assertThat(row.titleZh()).isEqualTo("2020年广州市中小微企业服务券");
                assertThat(row.kind()).isEqualTo("SERVICE");
                assertThat(row.year()).isEqualTo(2020);
            });
            assertThat(schemes.versions(SCHEME, 0, 10))
                    .extracting(SchemeVersion::version)
                    .containsExactly(1, 2);
            assertThat(schemes.versions(SCHEME, 1, 10)).hasSize(1);
            assertThat(termsOf(schemes.version(SCHEME, 1).orElseThrow())).isEqualTo(GuangzhouTerms.asPublished());
            var inForce = schemes.inForce(SCHEME).orElseThrow();
            assertThat(termsOf(inForce)).isEqualTo(next);
            assertThat(inForce.fileSha256()).isEqualTo("1".repeat(64));
            assertThat(inForce.publishedAt()).isEqualTo(GuangzhouTerms.shanghai("2020-05-01T09:00"));
            assertThat(schemes.inForce("NONE")).isEmpty();
            assertThat(schemes.version(SCHEME, 3)).isEmpty();
        }
    }

    private static SchemeTerms termsOf(SchemeVersion version) {
        return Json.read(Json.write(version.terms()), SchemeTerms.class);
    }
}
