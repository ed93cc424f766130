package org.voucherledger.projections.claimworklist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ClaimCommand.ReplyToObjection;
import org.voucherledger.domain.redemption.ClaimEvent;
import org.voucherledger.domain.redemption.ObjectionMatter;
import org.voucherledger.domain.redemption.ObjectionOutcome;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.projections.claimworklist.ClaimWorklist.Asked;
import org.voucherledger.projections.fixture.Folded;
import org.voucherledger.projections.fixture.Rows;
import org.voucherledger.projections.fixture.TestViews;

class ClaimWorklistTest {

    private static final int STEPS = 400;
    private static final int MANY = 1_000;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    @DisplayName("GZ-40 to GZ-43: the worklist is what the events of the claims add up to, at any moment of any season")
    void worklist_is_what_the_events_add_up_to(long seed) {
        try (var city = new RandomClaims(seed).quarrels(STEPS);
                var views = new TestViews(new ClaimWorklistProjection()).start();
                var rows = new Rows(views.dataSource())) {
            var events = city.events();
            var worklist = worklist(rows);
            int told = 0;
            for (int stop : Folded.stops(events, 25, seed)) {
                views.log().append(events.subList(told, stop));
                views.settle();
                told = stop;

                var expected = new ExpectedClaims(events.subList(0, stop)).files();
                assertThat(files(rows, worklist)).as("after %d", stop).isEqualTo(expected);
            }
            assertThat(files(rows, worklist)).hasSizeGreaterThan(5);
            assertThat(kinds(city))
                    .as("what has happened in this season")
                    .contains(
                            "ClaimReviewed",
                            "ClaimPublished",
                            "ItemObjected",
                            "ObjectionAnswered",
                            "ItemsSettled",
                            "ItemBounced",
                            "BankSlipsHandedIn",
                            "ClaimWithdrawn",
                            "ItemDropped",
                            "NoticeEnded");
        }
    }

    @Test
    @DisplayName("Claims are listed by stage, provider and batch, page by page, each once")
    void claims_are_listed() {
        try (var city = new RandomClaims(5).quarrels(STEPS);
                var views = new TestViews(new ClaimWorklistProjection()).start();
                var rows = new Rows(views.dataSource())) {
            views.log().append(city.events());
            views.settle();
            var worklist = worklist(rows);
            var all = new ExpectedClaims(city.events())
                    .files().stream().map(ClaimFile::claim).toList();
            var some = all.get(all.size() / 2);

            for (ClaimStage stage : ClaimStage.values()) {
                assertThat(rows.read(() -> worklist.claims(new Asked(stage, null, null, null), null, MANY)))
                        .as("%s", stage)
                        .isEqualTo(all.stream().filter(c -> c.stage() == stage).toList());
            }
            assertThat(rows.read(() -> worklist.claims(
                            new Asked(null, some.claimantId(), some.providerId(), some.batchId()), "", MANY)))
                    .isEqualTo(all.stream()
                            .filter(c -> c.providerId().equals(some.providerId()))
                            .filter(c -> c.batchId().equals(some.batchId()))
                            .toList());
            assertThat(page(rows, worklist, 2)).isEqualTo(all);
            assertThat(rows.read(() -> worklist.claim("unheard-of"))).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "GZ-42: an objection's identifier, once answered, may be given to another, and each keeps its own reply")
    void an_identifier_is_given_again() {
        try (var city = new City();
                var views = new TestViews(new ClaimWorklistProjection()).start();
                var rows = new Rows(views.dataSource())) {
            city.grants(voucher("V1").worth(yuan(4_000)).to("E1"));
            city.contracts("V1", yuan(4_000)).at("2020-05-20T09:00").paysAndAccepts("V1", yuan(4_000));
            city.at(GuangzhouTerms.REDEMPTION_FROM);
            city.redeemsUpToNotice("C1", yuan(3_000), "V1");
            city.sends(new ObjectToItem("C1", city.id("V1"), "O1", ObjectionMatter.AMOUNT_TOO_LOW, List.of()))
                    .wasAccepted();
            int told = tell(views, city, 0);

            city.sends(new ReplyToObjection("C1", "O1", ObjectionOutcome.LOWERED, yuan(2_000), "查实"))
                    .wasAccepted();
            city.sends(new ObjectToItem("C1", city.id("V1"), "O1", ObjectionMatter.OTHER, List.of()))
                    .wasAccepted();
            told = tell(views, city, told);
            assertThat(replies(rows)).containsExactly("AMOUNT_TOO_LOW LOWERED 200000", "OTHER null null");

            city.sends(new ReplyToObjection("C1", "O1", ObjectionOutcome.RAISED, yuan(4_000), "材料齐全"))
                    .wasAccepted();
            tell(views, city, told);
            assertThat(replies(rows)).containsExactly("AMOUNT_TOO_LOW LOWERED 200000", "OTHER RAISED 400000");
        }
    }

    private static int tell(TestViews views, City city, int from) {
        var events = city.ledger().events();
        views.log().append(events.subList(from, events.size()));
        views.settle();
        return events.size();
    }

    private static List<String> replies(Rows rows) {
        var worklist = worklist(rows);
        return rows.read(() -> worklist.claim("C1").orElseThrow()).objections().stream()
                .map(o -> o.matter() + " " + o.outcome() + " " + o.approvedFen())
                .toList();
    }

    @Test
    @DisplayName("The worklist rebuilt from zero is the worklist told live")
    void rebuilt_from_zero() throws Exception {
        try (var city = new RandomClaims(6).quarrels(STEPS);
                var views = new TestViews(new ClaimWorklistProjection())) {
            var events = city.events();
            views.start();
            for (int at = 0; at < events.size(); at += 50) {
                views.log().append(events.subList(at, Math.min(at + 50, events.size())));
                views.settle();
            }
            var live = views.contents("claimworklist_a");
            assertThat(live.get("claim"))
                    .hasSize(new ExpectedClaims(events).files().size());

            views.projections().rebuild(ClaimWorklistProjection.NAME).get(60, TimeUnit.SECONDS);
            assertThat(views.serving(ClaimWorklistProjection.NAME)).isEqualTo("claimworklist_b");
            assertThat(views.contents("claimworklist_b")).isEqualTo(live);
        }
    }

    private static ClaimWorklist worklist(Rows rows) {
        return new ClaimWorklist(
                rows.repository(ClaimRepository.class),
                rows.repository(ClaimItemRepository.class),
                rows.repository(ObjectionRepository.class));
    }

    private static List<ClaimFile> files(Rows rows, ClaimWorklist worklist) {
        return rows.read(() -> worklist.claims(Asked.ALL, null, MANY).stream()
                .map(claim -> worklist.claim(claim.id()).orElseThrow())
                .toList());
    }

    private static List<Claim> page(Rows rows, ClaimWorklist worklist, int size) {
        var seen = new ArrayList<Claim>();
        List<Claim> page;
        do {
            String after = seen.isEmpty() ? null : seen.getLast().id();
            page = rows.read(() -> worklist.claims(Asked.ALL, after, size));
            seen.addAll(page);
        } while (page.size() == size);
        return seen;
    }

    private static Set<String> kinds(RandomClaims city) {
        return city.events().stream()
                .map(event -> event.getPayload())
                .filter(ClaimEvent.class::isInstance)
                .map(event -> event.getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
