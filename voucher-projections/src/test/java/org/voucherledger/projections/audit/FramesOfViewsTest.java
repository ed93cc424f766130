package org.voucherledger.projections.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.voucherledger.domain.audit.AuditRisk;
import org.voucherledger.domain.audit.Frame;
import org.voucherledger.domain.audit.FrameItem;
import org.voucherledger.domain.audit.FrameItems;
import org.voucherledger.domain.audit.FrameScope;
import org.voucherledger.domain.audit.Stratum;
import org.voucherledger.domain.cloud.RandomProvince;
import org.voucherledger.domain.scenario.FramesOfEvents;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherIssued;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReserved;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherTaken;
import org.voucherledger.projections.audittrail.SubjectKind;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.RandomCycle;
import org.voucherledger.projections.fixture.TestViews;
import org.voucherledger.projections.risk.RiskKind;
import org.voucherledger.projections.risk.RiskProjection;
import org.voucherledger.projections.risk.RiskThresholds;
import org.voucherledger.projections.risk.Risks;
import org.voucherledger.projections.risk.RisksOfTheLog;

/** SV-04: a frame is what the log up to its position makes it, whatever has been recorded since. */
class FramesOfViewsTest {

    private static final List<Stratum> BY_RATING = List.of(
            new Stratum("well", null, null, null, 300, null, null, 1),
            new Stratum("rest", null, null, null, null, null, null, 1));

    /** So low that a random season reaches some of them. */
    private static final RiskThresholds LOW =
            new RiskThresholds(2, 2, 100, 1, 50, 3, 1_000, 1, 1, 1, Duration.ofDays(400), 2);

    private record Season(String name, List<TrackedEventMessage<?>> events) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Season> seasons() {
        try (var city = new RandomCity(81).lives(400);
                var province = new RandomProvince(82).lives(400);
                var cycle = new RandomCycle(83).lives(200)) {
            return Stream.of(
                    new Season("a city", List.copyOf(city.events())),
                    new Season("a province of cloud vouchers", List.copyOf(province.events())),
                    new Season("a cycle of consumption vouchers", List.copyOf(cycle.events())));
        }
    }

    private static FramesOfViews told(TestViews views, List<TrackedEventMessage<?>> events) {
        views.log().append(events);
        views.settle();
        return new FramesOfViews(views.dataSource());
    }

    private static List<FrameScope> scopes(List<TrackedEventMessage<?>> events) {
        return events.stream()
                .<Stream<FrameScope>>map(message -> switch (message.getPayload()) {
                    case VoucherIssued e -> scopes(e.schemeId(), e.batchId());
                    case VoucherReserved e -> scopes(e.schemeId(), e.batchId());
                    case VoucherTaken e -> scopes(e.schemeId(), e.batchId());
                    default -> Stream.empty();
                })
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    private static Stream<FrameScope> scopes(String schemeId, String batchId) {
        return Stream.of(FrameItems.values())
                .flatMap(items -> Stream.of(
                        new FrameScope(schemeId, null, items, Set.of()),
                        new FrameScope(schemeId, batchId, items, Set.of())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("seasons")
    @DisplayName(
            "SV-04: at any position the view makes the frame that the log itself makes, for every scheme, batch and kind of item")
    void is_the_log(Season season) {
        var random = new Random(84);
        var log = new FramesOfEvents(season::events);
        int items = 0;
        int rated = 0;
        try (var views = new TestViews(new AuditProjection()).start()) {
            FramesOfViews frames = told(views, season.events());
            long offset = frames.toldUpTo() - log.toldUpTo();
            for (int i = 0; i < 25; i++) {
                long position = i == 0 ? log.toldUpTo() : random.nextLong(log.toldUpTo());
                for (FrameScope scope : scopes(season.events())) {
                    Frame expected = Frame.of(log.at(scope, position), BY_RATING);
                    assertThat(Frame.of(at(views, frames, scope, position + offset), BY_RATING)
                                    .text())
                            .as("%s at %d", scope, position)
                            .isEqualTo(expected.text());
                    for (String provider : providers(log.at(scope, position))) {
                        assertThat(views.views().readNow(() -> frames.rating(provider, position + offset)))
                                .as("%s at %d", provider, position)
                                .isEqualTo(log.rating(provider, position));
                    }
                    items += expected.size();
                    rated += expected.sizeOf(BY_RATING.getFirst());
                }
            }
        }
        assertThat(items).as("frames with something in them").isPositive();
        if (season.name().equals("a city")) {
            assertThat(rated).as("items of rated providers").isPositive();
        }
    }

    @Test
    @DisplayName("SV-04: a frame stays what it was when more is recorded")
    void stays() {
        try (var city = new RandomCity(85).lives(300);
                var views = new TestViews(new AuditProjection()).start()) {
            List<TrackedEventMessage<?>> events = List.copyOf(city.events());
            int half = events.size() / 2;
            FramesOfViews frames = told(views, events.subList(0, half));
            long position = frames.toldUpTo();
            var before = scopes(events).stream()
                    .map(scope -> sha256(views, frames, scope, position))
                    .toList();

            told(views, events.subList(half, events.size()));

            assertThat(frames.toldUpTo()).isGreaterThan(position);
            assertThat(scopes(events).stream().map(scope -> sha256(views, frames, scope, position)))
                    .isEqualTo(before);
            assertThat(scopes(events).stream().map(scope -> sha256(views, frames, scope, frames.toldUpTo())))
                    .as("the check can fail: at another position it is another frame")
                    .isNotEqualTo(before);
        }
    }

    @Test
    @DisplayName("SV-02, SV-04: ratings are told as far as standings are, frames only as far as risks are too")
    void ratedUpTo() {
        try (var city = new RandomCity(87).lives(50);
                var views = new TestViews(new AuditProjection(), new RiskProjection()).start()) {
            FramesOfViews frames = told(views, List.copyOf(city.events()));
            long all = frames.toldUpTo();
            assertThat(frames.ratedUpTo()).isEqualTo(all);

            var alone = new TransactionTemplate(new DataSourceTransactionManager(views.dataSource()));
            alone.executeWithoutResult(begun -> {
                begun.setRollbackOnly();
                views.jdbc()
                        .update("update projection.slot set position = 3 where projection = ?", RiskProjection.NAME);
                assertThat(frames.toldUpTo()).isEqualTo(3);
                assertThat(frames.ratedUpTo()).isEqualTo(all).isGreaterThan(3);
            });
        }
    }

    @Test
    @DisplayName(
            "SV-04: an item shows the risks that name its voucher, and that of a provider of few enterprises, as they were then")
    void risks() {
        try (var city = new RandomCity(86).lives(600);
                var views = new TestViews(new AuditProjection(), new RiskProjection()).start()) {
            views.log().append(List.copyOf(city.events()));
            views.settle();
            var frames = new FramesOfViews(views.dataSource(), LOW);
            var source = new RisksOfTheLog(views.dataSource(), LOW);
            Set<AuditRisk> seen = EnumSet.noneOf(AuditRisk.class);
            for (FrameScope scope : scopes(city.events())) {
                for (long position : List.of(frames.toldUpTo() / 2, frames.toldUpTo())) {
                    var asked = new FrameScope(
                            scope.schemeId(), scope.batchId(), scope.items(), Set.of(AuditRisk.values()));
                    Collection<FrameItem> items = at(views, frames, asked, position);
                    assertThat(frames.at(asked, position))
                            .as("asked outside of any transaction, as where a command is decided ahead")
                            .containsExactlyInAnyOrderElementsOf(items);
                    for (AuditRisk risk : AuditRisk.values()) {
                        Set<String> vouchers = new HashSet<>();
                        Set<String> providers = new HashSet<>();
                        views.views()
                                .readNow(() -> source.flags(
                                        RiskKind.valueOf(risk.name()), null, position, "", Integer.MAX_VALUE))
                                .forEach(flag -> flag.subjects().forEach(subject -> {
                                    if (subject.kind() == SubjectKind.VOUCHER) {
                                        vouchers.add(subject.id());
                                    } else if (subject.kind() == SubjectKind.PROVIDER
                                            && risk == AuditRisk.FEW_ENTERPRISES) {
                                        providers.add(subject.id());
                                    }
                                }));
                        assertThat(items)
                                .allSatisfy(item -> assertThat(item.risks().contains(risk))
                                        .as("%s of %s at %d", risk, item, position)
                                        .isEqualTo(vouchers.contains(item.voucherId())
                                                || providers.contains(item.providerId())));
                        items.stream()
                                .filter(item -> item.risks().contains(risk))
                                .forEach(item -> seen.add(risk));
                    }
                    assertThat(at(views, frames, scope, position))
                            .as("what nobody asks for is not looked for")
                            .allSatisfy(item -> assertThat(item.risks()).isEmpty());
                }
            }
            assertThat(seen).as("risks that were seen at all").hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    @DisplayName("a stratum can ask for exactly those risks that are found again from the log")
    void everyRiskOfTheLog() {
        assertThat(Stream.of(AuditRisk.values()).map(AuditRisk::name))
                .containsExactlyInAnyOrderElementsOf(
                        Risks.OF_THE_LOG.stream().map(RiskKind::name).toList());
    }

    private static String sha256(TestViews views, FramesOfViews frames, FrameScope scope, long position) {
        return Frame.of(at(views, frames, scope, position), BY_RATING).sha256();
    }

    private static Set<String> providers(Collection<FrameItem> items) {
        return items.stream()
                .map(FrameItem::providerId)
                .filter(provider -> !provider.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Collection<FrameItem> at(TestViews views, FramesOfViews frames, FrameScope scope, long position) {
        return views.views().readNow(() -> frames.at(scope, position));
    }
}
