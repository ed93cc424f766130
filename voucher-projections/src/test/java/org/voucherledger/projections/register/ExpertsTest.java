package org.voucherledger.projections.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.expert.ExpertStanding.REGISTERED;
import static org.voucherledger.domain.expert.ExpertStanding.REMOVED;
import static org.voucherledger.domain.expert.ExpertStanding.SUSPENDED;
import static org.voucherledger.domain.party.ServiceType.INFORMATION;
import static org.voucherledger.domain.party.ServiceType.TRAINING;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.expert.ExpertCommand.RegisterExpert;
import org.voucherledger.domain.expert.ExpertCommand.ReinstateExpert;
import org.voucherledger.domain.expert.ExpertCommand.RemoveExpert;
import org.voucherledger.domain.expert.ExpertCommand.SuspendExpert;
import org.voucherledger.domain.expert.ExpertStanding;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.projections.fixture.Rows;
import org.voucherledger.projections.fixture.TestViews;

class ExpertsTest {

    private static final int MANY = 100;

    @Test
    @DisplayName("SV-01: the register of experts by field, city and standing, with why each stands so and since when")
    void experts() {
        try (var city = new City();
                var views = new TestViews(new RegisterProjection()).start();
                var rows = new Rows(views.dataSource())) {
            var register = new Register(
                    rows.repository(EnterpriseRepository.class),
                    rows.repository(ProviderRepository.class),
                    rows.repository(ProductRepository.class),
                    rows.repository(ExpertRepository.class));
            city.at("2020-03-01T09:00");
            enters(city, "zj-1", "广州市", INFORMATION, TRAINING);
            enters(city, "zj-2", "佛山市", TRAINING);
            enters(city, "zj-3", "广州市", INFORMATION);
            int told = tell(views, city, 0);
            assertThat(refs(rows, register, null, null, null)).containsExactly("zj-1", "zj-2", "zj-3");
            assertThat(refs(rows, register, TRAINING, null, null)).containsExactly("zj-1", "zj-2");
            assertThat(refs(rows, register, TRAINING, "广州市", null)).containsExactly("zj-1");
            assertThat(rows.read(() -> register.expert("zj-1"))).get().satisfies(expert -> {
                assertThat(expert.fields()).containsExactly("INFORMATION", "TRAINING");
                assertThat(expert.reason()).isNull();
                assertThat(expert.registeredAt()).isEqualTo(city.now());
            });

            var entered = city.now();
            city.at("2020-03-02T09:00").sends(new SuspendExpert("zj-1", "回避")).wasAccepted();
            city.sends(new RemoveExpert("zj-2", "退休")).wasAccepted();
            told = tell(views, city, told);
            assertThat(refs(rows, register, null, null, REGISTERED)).containsExactly("zj-3");
            assertThat(refs(rows, register, null, null, SUSPENDED)).containsExactly("zj-1");
            assertThat(refs(rows, register, null, null, REMOVED)).containsExactly("zj-2");
            assertThat(rows.read(() -> register.expert("zj-1"))).get().satisfies(expert -> {
                assertThat(expert.reason()).isEqualTo("回避");
                assertThat(expert.registeredAt()).isEqualTo(entered);
                assertThat(expert.changedAt()).isEqualTo(city.now());
            });

            city.at("2020-03-03T09:00").sends(new ReinstateExpert("zj-1", "期满")).wasAccepted();
            enters(city, "zj-2", "广州市", INFORMATION);
            tell(views, city, told);
            assertThat(refs(rows, register, INFORMATION, "广州市", REGISTERED)).containsExactly("zj-1", "zj-2", "zj-3");
            assertThat(rows.read(() -> register.expert("zj-2"))).get().satisfies(expert -> {
                assertThat(expert.fields()).containsExactly("INFORMATION");
                assertThat(expert.reason()).isNull();
                assertThat(expert.registeredAt()).isEqualTo(city.now());
            });
            assertThat(rows.read(() -> register.expert("nobody"))).isEmpty();

            var pages = new ArrayList<String>();
            for (String after = null; ; after = pages.getLast()) {
                String last = after;
                var page = rows.read(() -> register.experts(null, null, null, last, 2));
                if (page.isEmpty()) {
                    break;
                }
                page.forEach(expert -> pages.add(expert.id()));
            }
            assertThat(pages).containsExactly("zj-1", "zj-2", "zj-3");
        }
    }

    private static void enters(City city, String ref, String cityName, ServiceType... fields) {
        city.sends(new RegisterExpert(ref, Set.of(fields), cityName)).wasAccepted();
    }

    private static List<String> refs(
            Rows rows, Register register, ServiceType field, String city, ExpertStanding standing) {
        return rows.read(() -> register.experts(field, city, standing, null, MANY)).stream()
                .map(Expert::id)
                .toList();
    }

    private static int tell(TestViews views, City city, int told) {
        var events = city.ledger().events();
        views.log().append(events.subList(told, events.size()));
        views.settle();
        return events.size();
    }
}
