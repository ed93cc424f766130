package org.voucherledger.projections.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.SchemeCommand.ChangeFund;
import org.voucherledger.projections.fixture.Folded;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.Rows;
import org.voucherledger.projections.fixture.TestViews;

class AccountTest {

    @Test
    @DisplayName("GZ-11, GZ-21: the accounts are the domain's quotas, at any moment of any season")
    void accounts_are_the_domains_quotas() {
        try (var city = new RandomCity(5).lives(250);
                var views = new TestViews(new AccountProjection()).start()) {
            var events = city.events();
            int told = 0;
            for (int stop : Folded.stops(events, 25, 5)) {
                views.log().append(events.subList(told, stop));
                views.settle();
                told = stop;

                var folded = new Folded(events.subList(0, stop));
                assertThat(shown(views, "select id, pending_fen, charged_fen from view.enterprise_account"))
                        .as("after %d", stop)
                        .isEqualTo(enterprises(folded));
                assertThat(shown(views, "select id, reserved_fen, taken_fen from view.provider_account"))
                        .as("after %d", stop)
                        .isEqualTo(providers(folded));
            }
            assertThat(shown(views, "select id, charged_fen, 0 from view.enterprise_account where charged_fen > 0"))
                    .isNotEmpty();
            assertThat(shown(views, "select id, taken_fen, 0 from view.provider_account where taken_fen > 0"))
                    .isNotEmpty();
        }
    }

    private static Map<String, String> shown(TestViews views, String query) {
        var shown = new TreeMap<String, String>();
        views.jdbc().query(query, row -> {
            shown.put(row.getString(1), row.getLong(2) + " " + row.getLong(3));
        });
        return shown;
    }

    private static Map<String, String> enterprises(Folded folded) {
        var expected = new TreeMap<String, String>();
        folded.enterpriseQuotas()
                .forEach((id, quota) -> expected.put(
                        id, quota.pendingTotal().value() + " " + quota.charged().value()));
        return expected;
    }

    private static Map<String, String> providers(Folded folded) {
        var expected = new TreeMap<String, String>();
        folded.providerQuotas()
                .forEach((id, quota) -> expected.put(
                        id, quota.reserved().value() + " " + quota.taken().value()));
        return expected;
    }

    @Test
    @DisplayName("GZ-21: a provider's cap is the smaller of the fixed one and the share of the fund in force")
    void a_providers_cap_follows_the_fund() {
        try (var city = new City(GuangzhouTerms.with(terms -> terms.fund(yuan(6_000_000), yuan(1_000_000))));
                var views = new TestViews(new AccountProjection()).start();
                var rows = new Rows(views.dataSource())) {
            var accounts = new Accounts(
                    rows.repository(EnterpriseAccountRows.class),
                    rows.repository(ProviderAccountRows.class),
                    rows.repository(HolderAccountRows.class));
            city.grants(voucher("V1").worth(yuan(10_000)).to("E1"));
            city.orders("V1").from("P1").using(yuan(4_000)).wasAccepted();
            int told = tell(views, city, 0);

            var enterprise = rows.read(() -> accounts.ofEnterprise(Cast.code("E1"), "", 10));
            assertThat(enterprise).singleElement().satisfies(account -> {
                assertThat(account.id()).isEqualTo("GZ-2020:" + Cast.code("E1") + ":2020");
                assertThat(account.capFen()).isEqualTo(yuan(20_000));
                assertThat(account.chargedFen()).isEqualTo(yuan(10_000));
                assertThat(account.pendingFen()).isZero();
            });
            assertThat(provider(rows, accounts).capFen()).isEqualTo(yuan(500_000));
            assertThat(provider(rows, accounts).reservedFen()).isEqualTo(yuan(4_000));
            assertThat(provider(rows, accounts).takenFen()).isZero();

            city.sends(new ChangeFund(GuangzhouTerms.SCHEME, yuan(4_000_000), "notice", "调整"))
                    .wasAccepted();
            tell(views, city, told);

            assertThat(provider(rows, accounts).capFen()).isEqualTo(yuan(400_000));
            assertThat(rows.read(() -> accounts.ofProvider(
                            Cast.code("P1"), provider(rows, accounts).id(), 10)))
                    .isEmpty();
        }
    }

    private static ProviderAccountRow provider(Rows rows, Accounts accounts) {
        return rows.read(() -> accounts.ofProvider(Cast.code("P1"), "", 10)).getFirst();
    }

    private static int tell(TestViews views, City city, int from) {
        var events = city.ledger().events();
        views.log().append(events.subList(from, events.size()));
        views.settle();
        return events.size();
    }
}
