package org.voucherledger.projections.register;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.party.EnterpriseEvent;
import org.voucherledger.domain.party.ProviderEvent;
import org.voucherledger.projections.fixture.Folded;
import org.voucherledger.projections.fixture.Rows;
import org.voucherledger.projections.fixture.TestViews;
import org.voucherledger.projections.register.Register.Asked;

class RegisterTest {

    private static final int STEPS = 1_200;
    private static final int MANY = 1_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 7})
    @DisplayName("SV-01: the registers are what the events of the parties add up to, at any moment")
    void registers_are_what_the_events_add_up_to(long seed) {
        try (var parties = new RandomParties(seed).act(STEPS);
                var views = new TestViews(new RegisterProjection()).start();
                var rows = new Rows(views.dataSource())) {
            var events = parties.events();
            var register = register(rows);
            int told = 0;
            for (int stop : Folded.stops(events, 25, seed)) {
                views.log().append(events.subList(told, stop));
                views.settle();
                told = stop;

                var expected = new ExpectedRegister(events.subList(0, stop));
                assertThat(rows.read(() -> register.enterprises(Asked.ALL, null, MANY)))
                        .as("enterprises after %d", stop)
                        .isEqualTo(expected.enterprises());
                assertThat(files(rows, register)).as("providers after %d", stop).isEqualTo(expected.providers());
            }
            assertThat(kinds(events))
                    .as("what has happened to the parties")
                    .hasSize(EnterpriseEvent.class.getPermittedSubclasses().length
                            + ProviderEvent.class.getPermittedSubclasses().length);
        }
    }

    @Test
    @DisplayName("SV-01: parties are listed by a part of the name, place and standing, page by page, each once")
    void parties_are_listed() {
        try (var parties = new RandomParties(4).act(STEPS);
                var views = new TestViews(new RegisterProjection()).start();
                var rows = new Rows(views.dataSource())) {
            views.log().append(parties.events());
            views.settle();
            var register = register(rows);
            var expected = new ExpectedRegister(parties.events());
            var enterprises = expected.enterprises();
            var providers =
                    expected.providers().stream().map(ProviderFile::provider).toList();

            for (boolean yes : List.of(true, false)) {
                assertThat(rows.read(() -> register.enterprises(new Asked("新", "天河区", yes, null), null, MANY)))
                        .isEqualTo(enterprises.stream()
                                .filter(e ->
                                        e.name().contains("新") && e.district().equals("天河区"))
                                .filter(e -> e.frozen() == yes)
                                .toList());
                assertThat(rows.read(() -> register.enterprises(new Asked(null, null, null, yes), null, MANY)))
                        .isEqualTo(enterprises.stream()
                                .filter(e -> e.disqualified() == yes)
                                .toList());
                assertThat(rows.read(() -> register.providers(new Asked("公司", "广州市", yes, null), null, MANY)))
                        .isEqualTo(providers.stream()
                                .filter(p -> p.city().equals("广州市") && p.frozen() == yes)
                                .toList());
            }
            var seen = new ArrayList<Enterprise>();
            List<Enterprise> page;
            do {
                String after = seen.isEmpty() ? null : seen.getLast().id();
                page = rows.read(() -> register.enterprises(Asked.ALL, after, 2));
                seen.addAll(page);
            } while (page.size() == 2);
            assertThat(seen).isEqualTo(enterprises);
            assertThat(rows.read(() -> register.enterprise("nobody"))).isEmpty();
            assertThat(rows.read(() -> register.provider("nobody"))).isEmpty();
        }
    }

    @Test
    @DisplayName("The registers told everything twice, or rebuilt from zero, are the registers told live")
    void rebuilt_from_zero() throws Exception {
        try (var parties = new RandomParties(5).act(STEPS);
                var views = new TestViews(new RegisterProjection())) {
            var events = parties.events();
            views.start();
            for (int at = 0; at < events.size(); at += 20) {
                views.log().append(events.subList(at, Math.min(at + 20, events.size())));
                views.settle();
            }
            var live = views.contents("register_a");
            assertThat(live.get("enterprise"))
                    .hasSameSizeAs(new ExpectedRegister(events).enterprises())
                    .isNotEmpty();

            views.projections().rebuild(RegisterProjection.NAME).get(60, TimeUnit.SECONDS);
            assertThat(views.serving(RegisterProjection.NAME)).isEqualTo("register_b");
            assertThat(views.contents("register_b")).isEqualTo(live);
        }
    }

    private static Register register(Rows rows) {
        return new Register(
                rows.repository(EnterpriseRepository.class),
                rows.repository(ProviderRepository.class),
                rows.repository(ProductRepository.class),
                rows.repository(ExpertRepository.class));
    }

    private static List<ProviderFile> files(Rows rows, Register register) {
        return rows.read(() -> register.providers(Asked.ALL, null, MANY).stream()
                .map(provider -> register.provider(provider.id()).orElseThrow())
                .toList());
    }

    private static Set<String> kinds(List<TrackedEventMessage<?>> events) {
        var kinds = new TreeSet<String>();
        for (var event : events) {
            if (event.getPayload() instanceof EnterpriseEvent || event.getPayload() instanceof ProviderEvent) {
                kinds.add(event.getPayloadType().getSimpleName());
            }
        }
        return kinds;
    }
}
