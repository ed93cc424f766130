package org.voucherledger.domain.oversight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.SV_04;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.audit.AuditCommand.AnnounceDraw;
import org.voucherledger.domain.audit.AuditCommand.DrawSample;
import org.voucherledger.domain.audit.AuditEvent.DrawAnnounced;
import org.voucherledger.domain.audit.AuditEvent.SampleDrawn;
import org.voucherledger.domain.audit.AuditEvent.StratumDrawn;
import org.voucherledger.domain.audit.FrameItem;
import org.voucherledger.domain.audit.FrameItems;
import org.voucherledger.domain.audit.FrameScope;
import org.voucherledger.domain.audit.Frames;
import org.voucherledger.domain.audit.MeanRating;
import org.voucherledger.domain.audit.Stratum;
import org.voucherledger.domain.command.AllowedTo;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.finding.ComplaintMatter;
import org.voucherledger.domain.finding.FindingCommand.AnswerFinding;
import org.voucherledger.domain.finding.FindingCommand.RegisterComplaint;
import org.voucherledger.domain.finding.FindingEvent.FindingActedUpon;
import org.voucherledger.domain.finding.FindingOutcome;
import org.voucherledger.domain.finding.FindingSubject;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.City.Grant;
import org.voucherledger.domain.scenario.CityTest;
import org.voucherledger.domain.scenario.FramesOfEvents;
import org.voucherledger.domain.scenario.GuangzhouTerms;

/** SV-04: samples are announced with their seed, drawn by lot, and can be drawn again by anybody. */
class DrawTest extends CityTest {

    private static final int SMALL = 7;
    private static final int LARGE = 4;

    private String batch;

    @BeforeEach
    void granted() {
        var grants = IntStream.rangeClosed(1, SMALL + LARGE)
                .mapToObj(i -> voucher("V" + i)
                        .worth(yuan(i <= SMALL ? 1_000 : 10_000))
                        .to("E" + i))
                .toArray(Grant[]::new);
        batch = city.at("2020-04-30T16:00").grants(grants);
        city.provider("P1");
        city.at("2020-05-20T09:00");
    }

    private long head() {
        return FramesOfEvents.positionOf(city.ledger().events().getLast());
    }

    private static Stratum all(int size) {
        return new Stratum("all", null, null, null, null, null, null, size);
    }

    private static List<Stratum> bands(int small, int large) {
        return List.of(
                new Stratum("small", null, yuan(10_000), null, null, null, null, small),
                new Stratum("large", yuan(10_000), null, null, null, null, null, large));
    }

    private AnnounceDraw announce(String id, long position, List<Stratum> strata, String seed) {
        return new AnnounceDraw(
                id, GuangzhouTerms.SCHEME, batch, FrameItems.VOUCHERS, position, strata, seed, null, "年度审计");
    }

    private List<StratumDrawn> drawn(String id) {
        city.sends(new DrawSample(id)).wasAccepted();
        return city.lastOutcome().events().stream()
                .filter(StratumDrawn.class::isInstance)
                .map(StratumDrawn.class::cast)
                .toList();
    }

    private List<String> drawnIds(String id) {
        return drawn(id).stream().flatMap(each -> each.voucherIds().stream()).toList();
    }

    @Test
    @DisplayName(
            "SV-04: a draw is announced with frame, strata and seed, and only then drawn, as many of each stratum as it says")
    void announcedThenDrawn() {
        long position = head();
        city.sends(announce("D1", position, bands(3, 2), "2020-0042")).wasAccepted();

        var announced = (DrawAnnounced) city.lastOutcome().events().getFirst();
        assertThat(announced.framePosition()).isEqualTo(position);
        assertThat(announced.seed()).isEqualTo("2020-0042");
        assertThat(announced.frameSha256()).matches("[0-9a-f]{64}");

        var strata = drawn("D1");
        assertThat(strata).extracting(StratumDrawn::stratumId).containsExactly("small", "large");
        assertThat(strata).extracting(StratumDrawn::outOf).containsExactly(SMALL, LARGE);
        assertThat(strata).extracting(each -> each.voucherIds().size()).containsExactly(3, 2);
        assertThat(strata.getFirst().voucherIds())
                .allMatch(id -> city.state(id).issue().faceFen() == yuan(1_000));
        assertThat(strata.getLast().voucherIds())
                .allMatch(id -> city.state(id).issue().faceFen() == yuan(10_000));
        assertThat(city.lastOutcome().events().getLast())
                .isEqualTo(
                        new SampleDrawn("D1", GuangzhouTerms.SCHEME, batch, announced.frameSha256(), SMALL + LARGE, 0));
    }

    @Test
    @DisplayName(
            "SV-04: the same seed and frame draw the same, whatever has happened since; another seed draws another sample")
    void reproducible() {
        long position = head();
        city.sends(announce("D1", position, bands(3, 2), "first")).wasAccepted();
        List<String> first = drawnIds("D1");

        city.orders("V1").from("P1").using(yuan(1_000));
        city.accepts("V8", yuan(10_000));
        city.sends(announce("D2", position, bands(3, 2), "first")).wasAccepted();
        assertThat(drawnIds("D2")).isEqualTo(first);

        city.sends(announce("D3", position, bands(3, 2), "second")).wasAccepted();
        assertThat(drawnIds("D3")).isNotEqualTo(first);
    }

    @Test
    @DisplayName("SV-04: what was announced is drawn from the announced position, not from what came between")
    void announcedPositionCounts() {
        var ordered = new Stratum("ordered", null, null, Cast.code("P1"), null, null, null, 1);
        city.orders("V1").from("P1").using(yuan(1_000));
        city.wasAccepted();
        city.sends(announce("D1", head(), List.of(ordered), "s")).wasAccepted();
        city.orders("V2").from("P1").using(yuan(1_000));
        city.wasAccepted();

        assertThat(drawn("D1")).singleElement().satisfies(stratum -> {
            assertThat(stratum.outOf()).isOne();
            assertThat(stratum.voucherIds()).containsExactly(city.id("V1"));
        });
    }

    @DisplayName(
            "SV-04: a stratum gives as many as it holds, and is refused one more, untrimmed, before anything is recorded")
    @ParameterizedTest(name = "{0} of 4: {1}")
    @CsvSource({"4, true", "5, false"})
    void sizes(int size, boolean allowed) {
        city.sends(announce("D1", head(), bands(SMALL, size), "s"));
        if (allowed) {
            city.wasAccepted();
            assertThat(drawn("D1").getLast().voucherIds()).hasSize(LARGE).doesNotHaveDuplicates();
        } else {
            city.wasRefusedBy(SV_04).about("StratumTooSmall").at(Check.CAPS);
            var refusal = city.lastOutcome().refusal();
            assertThat(List.of(refusal.limit(), refusal.used(), refusal.asked()))
                    .as("counts are no amounts")
                    .isEqualTo(List.of("≤ " + LARGE, String.valueOf(LARGE), String.valueOf(size)));
        }
    }

    @Test
    @DisplayName("SV-04: a frame ends at a position that has been reached, not one further")
    void future() {
        long head = head();
        city.sends(announce("D1", head + 1, List.of(all(1)), "s"))
                .wasRefusedBy(SV_04)
                .about("FramePositionAhead")
                .at(Check.STATE);
        city.sends(announce("D1", head, List.of(all(1)), "s")).wasAccepted();
    }

    @Test
    @DisplayName("SV-04: a frame is a scheme or a batch of it; a draw has a number of its own and is drawn once")
    void once() {
        long head = head();
        city.sends(new AnnounceDraw(
                        "D1", "ELSEWHERE", null, FrameItems.VOUCHERS, head, List.of(all(1)), "s", null, "审计"))
                .wasRefusedBy(SV_04)
                .about("FrameUnknown")
                .at(Check.ACTOR);
        city.sends(new AnnounceDraw(
                        "D1", "ELSEWHERE", batch, FrameItems.VOUCHERS, head, List.of(all(1)), "s", null, "审计"))
                .wasRefusedBy(SV_04)
                .about("FrameUnknown");
        city.sends(new DrawSample("D1"))
                .wasRefusedBy(SV_04)
                .about("DrawUnknown")
                .at(Check.ACTOR);
        city.sends(new AnnounceDraw(
                        "D1",
                        GuangzhouTerms.SCHEME,
                        null,
                        FrameItems.VOUCHERS,
                        head,
                        List.of(all(SMALL + LARGE)),
                        "s",
                        null,
                        "审计"))
                .wasAccepted();
        city.sends(announce("D1", head, List.of(all(1)), "s"))
                .wasRefusedBy(SV_04)
                .about("DrawExists");
        assertThat(drawnIds("D1")).hasSize(SMALL + LARGE);
        city.sends(new DrawSample("D1")).wasRefusedBy(SV_04).about("SampleDrawnAlready");
    }

    @Test
    @DisplayName(
            "SV-04: items of claims are drawn by the amount claimed, settled ones too, and no voucher that is in no claim")
    void claimItems() {
        city.accepts("V8", yuan(10_000));
        city.accepts("V1", yuan(1_000));
        city.at("2020-06-01T09:00").claims("C1", "V8").wasAccepted();
        city.sends(new AnnounceDraw(
                        "D1",
                        GuangzhouTerms.SCHEME,
                        batch,
                        FrameItems.CLAIM_ITEMS,
                        head(),
                        List.of(all(1)),
                        "s",
                        null,
                        "审计"))
                .wasAccepted();
        assertThat(drawnIds("D1")).containsExactly(city.id("V8"));
        assertThat(((SampleDrawn) city.lastOutcome().events().getLast()).frameSize())
                .isOne();
    }

    @Test
    @DisplayName(
            "SV-02, SV-04: the rating of its provider puts an item into its stratum; what is unrated is left for the next")
    void ratings() {
        city.accepts("V1", yuan(1_000));
        var strata = List.of(
                new Stratum("rated", null, null, null, 100, 501, null, 1),
                new Stratum("rest", null, null, null, null, null, null, 1));
        city.sends(announce("D1", head(), strata, "s")).wasAccepted();
        assertThat(drawn("D1")).extracting(StratumDrawn::outOf).containsExactly(1, SMALL + LARGE - 1);
    }

    @Test
    @DisplayName(
            "SV-04: a complaint about anybody may be the ground of a sample, unless it was found unfounded; it is kept with it")
    void ground() {
        for (String id : List.of("F1", "F2")) {
            city.sends(new RegisterComplaint(
                            id, FindingSubject.PROVIDER, Cast.code("P1"), ComplaintMatter.PRICE, "who-1", List.of()))
                    .wasAccepted();
        }
        city.sends(new AnswerFinding("F2", FindingOutcome.UNFOUNDED, "查无实据", List.of()))
                .wasAccepted();
        city.sends(because("F9")).wasRefusedBy(SV_04).about("FindingUnknown").at(Check.PARTY);
        city.sends(because("F2")).wasRefusedBy(SV_04).about("GroundUnfounded");
        city.sends(because("F1")).wasAccepted();
        assertThat(city.lastOutcome().events().getLast())
                .isEqualTo(new FindingActedUpon("F1", "AnnounceDraw", null, null, null));
    }

    @Test
    @DisplayName("SV-04: a frame that is told otherwise than when it was announced is not drawn from")
    void toldOtherwise() {
        var items = new ArrayList<>(List.of(new FrameItem("B1-A1-V1", 100, "", null, Set.of())));
        var frames = new Frames() {
            @Override
            public long toldUpTo() {
                return 1;
            }

            @Override
            public long ratedUpTo() {
                return 1;
            }

            @Override
            public Collection<FrameItem> at(FrameScope scope, long position) {
                return items;
            }

            @Override
            public Optional<MeanRating> rating(String providerId, long position) {
                return Optional.empty();
            }
        };
        try (var lied = new City(
                GuangzhouTerms.with(terms -> terms),
                (ledger, handlers) -> Stream.concat(handlers.stream(), Stream.of(new DrawingHandler(ledger, frames)))
                        .toList())) {
            for (String draw : List.of("D1", "D2")) {
                lied.sends(new AnnounceDraw(
                                draw,
                                GuangzhouTerms.SCHEME,
                                null,
                                FrameItems.VOUCHERS,
                                1,
                                List.of(all(1)),
                                "s",
                                null,
                                "审计"))
                        .wasAccepted();
            }
            lied.sends(new DrawSample("D1")).wasAccepted();
            items.add(new FrameItem("B1-A2-V1", 100, "", null, Set.of()));
            lied.sends(new DrawSample("D2"))
                    .wasRefusedBy(SV_04)
                    .about("FrameToldOtherwise")
                    .at(Check.STATE);
        }
    }

    private AnnounceDraw because(String ground) {
        return new AnnounceDraw(
                "D1", GuangzhouTerms.SCHEME, batch, FrameItems.VOUCHERS, head(), List.of(all(1)), "s", ground, "审计");
    }

    @Test
    @DisplayName("ALL-04, SV-04: only the auditor announces and draws")
    void auditor() {
        for (var command : List.of(AnnounceDraw.class, DrawSample.class)) {
            assertThat(command.getAnnotation(AllowedTo.class).value()).containsExactly(Role.AUDITOR);
        }
    }
}
