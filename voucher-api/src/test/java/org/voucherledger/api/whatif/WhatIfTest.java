package org.voucherledger.api.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.api.problem.ProblemWriter;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.MoveDate;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.batch.BatchCommand.RaiseBudget;
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.batch.BatchDate;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.party.EnterpriseCommand.BlacklistEnterprise;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.GuangzhouTerms.Draft;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;
import org.voucherledger.domain.scheme.SchemeTerms.When;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;

/** ALL-01: a past batch under a draft, decided by the domain itself and leaving nothing behind. */
class WhatIfTest {

    /** Everybody may ask for anything, so that whatever a draft refuses was received then. */
    private static final SchemeTerms THEN =
            GuangzhouTerms.with(d -> d.tariff(new Tariff(When.ALWAYS, 5_000, null, null)));

    private static final List<UnaryOperator<Draft>> DRAFTS = List.of(
            d -> d.annualCap(yuan(8_000)),
            d -> d.tariff(
                    new Tariff(new When(Set.of(Size.MICRO), Set.of(), Set.of(), null, 1), 6_000, null, yuan(9_000)),
                    new Tariff(
                            new When(Set.of(), Set.of(), Set.of(PriorityTag.MONITORED), null, null), 7_000, null, null),
                    new Tariff(new When(Set.of(Size.SMALL), Set.of(), Set.of(), 2, null), 3_000, yuan(9_000), null)),
            d -> d.tiers(List.of()),
            d -> d.tiers(List.of(Set.of(PriorityTag.KEY_BELOW_SCALE), Set.of(PriorityTag.MONITORED))),
            d -> d.grantsInPart(),
            d -> d.stopsAt(10_000),
            d -> d.stopsAt(6_000).annualCap(yuan(9_000)),
            d -> d.backfillUntil(shanghai("2020-09-01T00:00")),
            d -> d.named("DRAFT-2021").annualCap(yuan(8_000)));

    private static WhatIfLedger ledger;

    @BeforeAll
    static void start() {
        ledger = new WhatIfLedger();
    }

    @AfterAll
    static void stop() {
        ledger.close();
    }

    private static void bring(City city) {
        ledger.bring(city);
    }

    private static WhatIfAnswer ask(String batch, SchemeTerms draft) {
        return ledger.ask(batch, draft);
    }

    // ---------------------------------------------------------------- a random season, told twice

    /**
     * The same people do the same at the same times, whatever the rules. What comes before the batch is under the rules of
     * then in any case; then the draft is published, if there is one, and the batch opened.
     */
    private static City lived(long seed, SchemeTerms draft) {
        var random = new Random(seed);
        var city = new City(THEN);
        for (int e = 1; e <= 12; e++) {
            PriorityTag[] tags = random.nextInt(3) == 0
                    ? new PriorityTag[] {random.nextBoolean() ? PriorityTag.MONITORED : PriorityTag.KEY_BELOW_SCALE}
                    : new PriorityTag[0];
            city.registers(
                            "E" + e,
                            random.nextBoolean()
                                    ? Cast.declaration("E" + e)
                                    : Cast.declaration("E" + e, Industry.SOFTWARE_IT, 5, 40, 40, Size.MICRO))
                    .verifies("E" + e, tags);
        }
        city.opensBatch("O1", yuan(20_000), city.now(), city.now().plusSeconds(100));
        city.opensBatch("O2", yuan(200_000), city.now(), city.now().plusSeconds(9_000));
        for (int e = 1; e <= 12; e++) {
            asks(city, random, e, "O1", 4_000);
        }
        city.at(city.now().plusSeconds(100)).grantsAndPublishes("O1");
        if (draft != null) {
            city.sends(new PublishScheme(draft, "0".repeat(64))).wasAccepted();
        }
        Instant opens = city.now();
        city.sends(new OpenBatch(
                        "B",
                        draft == null ? THEN.schemeId() : draft.schemeId(),
                        "",
                        yuan(40_000),
                        opens,
                        opens.plusSeconds(3_600),
                        null,
                        null,
                        null,
                        "notice"))
                .wasAccepted();
        // Nobody asks twice without having withdrawn: who was refused under one draft might be received with the
        // second.
        var asked = new HashSet<Integer>();
        for (int step = 0; step < 80; step++) {
            city.at(city.now().plusSeconds(30));
            int e = 1 + random.nextInt(12);
            switch (random.nextInt(12)) {
                case 0, 1 -> asks(city, random, e, "O2", 3_000);
                case 2 -> {
                    city.sends(new WithdrawApplication("B", Cast.code("E" + e)));
                    asked.remove(e);
                }
                case 3 -> city.sends(new BlacklistEnterprise(Cast.code("E" + e), random.nextBoolean(), "名单"));
                case 4 ->
                    city.verifies("E" + e, random.nextBoolean() ? PriorityTag.MONITORED : PriorityTag.CLUSTER_PILOT);
                case 5 -> city.sends(new RaiseBudget("B", yuan(1 + random.nextInt(2_000)), "notice", "追加"));
                case 6 ->
                    city.sends(new MoveDate(
                            "B",
                            BatchDate.APPLY_UNTIL,
                            city.now().plusSeconds(2_000 + random.nextInt(2_000)),
                            "n",
                            "延长"));
                case 7 -> city.sends(new ReturnVoucher("O1-A" + e + "-V1", "不再需要"));
                default -> {
                    if (asked.add(e)) {
                        asks(city, random, e, "B", 12_000);
                    }
                }
            }
        }
        city.at("2020-04-02T09:00").sends(new EndApplications("B"));
        for (int i = 0; i < 3; i++) {
            city.at(city.now().plusSeconds(30))
                    .sends(new BlacklistEnterprise(Cast.code("E" + (1 + random.nextInt(12))), true, "名单"));
        }
        city.at("2020-04-03T09:00").grantsAndPublishesAfterEnd("B");
        city.at("2020-04-03T10:00").sends(new ReturnVoucher("B-A1-V1", "不再需要"));
        return city;
    }

    private static void asks(City city, Random random, int e, String batch, int mostYuan) {
        long[] parts = LongStream.range(0, 1 + random.nextInt(3))
                .map(i -> yuan(1 + random.nextInt(mostYuan)))
                .toArray();
        city.applies("E" + e, batch, parts);
    }

    /** How the batch went in a city, by when and who asked. */
    private static Map<String, Decided> outcomes(City city) {
        var outcomes = new Outcomes();
        var names = new TreeMap<String, Long>();
        // The queue first: a batch decides about applications that it has heard of.
        for (String stream : List.of("queue:B", "batch:B")) {
            city.ledger().events().forEach(message -> {
                var event = (DomainEvent) message.getPayload();
                if (event.streamId().equals(stream)) {
                    outcomes.hear(event);
                    if (event instanceof ApplicationQueued queued) {
                        names.put(name(queued), queued.position());
                    }
                }
            });
        }
        outcomes.over();
        var found = new TreeMap<String, Decided>();
        names.forEach((name, position) -> found.put(name, outcomes.at(position)));
        return found;
    }

    private static String name(ApplicationQueued application) {
        return application.receivedAt() + " " + application.enterpriseId();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    @DisplayName("told anew under its own rules, a batch becomes what it was, to the last application")
    void itsOwnRules(long seed) {
        try (City city = lived(seed, null)) {
            bring(city);
            WhatIfAnswer answer = ask("B", THEN);
            assertThat(answer.applications()).hasSizeGreaterThan(5);
            assertThat(answer.applications()).allSatisfy(each -> {
                assertThat(each.after()).isEqualTo(each.before());
                assertThat(each.change()).isEqualTo(Compared.Change.SAME);
            });
            assertThat(answer.after()).isEqualTo(answer.before());
            assertThat(answer.before().grantedFen()).isPositive().isLessThanOrEqualTo(answer.budgetFen());
        }
    }

    @Test
    @DisplayName("told under a draft, a batch becomes what it would have been, had the draft been published before it")
    void underDrafts() {
        var changes = new EnumMap<Compared.Change, Long>(Compared.Change.class);
        var fates = new EnumMap<Fate, Long>(Fate.class);
        for (long seed = 1; seed <= 4; seed++) {
            for (int d = 0; d < DRAFTS.size(); d++) {
                var change = DRAFTS.get(d);
                SchemeTerms draft = change.apply(new Draft(THEN)).terms();
                try (City then = lived(seed, null);
                        City really = lived(seed, draft)) {
                    bring(then);
                    WhatIfAnswer answer = ask("B", draft);
                    Map<String, Decided> expected =
                            draft.schemeId().equals(THEN.schemeId()) ? outcomes(really) : new HashMap<>();
                    var names = new HashMap<String, String>();
                    then.ledger().events().forEach(message -> {
                        if (message.getPayload() instanceof ApplicationQueued e
                                && e.batchId().equals("B")) {
                            names.put(e.applicationId(), name(e));
                        }
                    });
                    for (Compared each : answer.applications()) {
                        changes.merge(each.change(), 1L, Long::sum);
                        fates.merge(each.after().fate(), 1L, Long::sum);
                        Decided decided = expected.get(names.get(each.applicationId()));
                        if (decided != null) {
                            assertThat(each.after())
                                    .as("seed %d, draft %d, %s", seed, d, each)
                                    .isEqualTo(decided);
                        } else if (!expected.isEmpty()) {
                            assertThat(each.after().fate())
                                    .as("seed %d, draft %d, %s", seed, d, each)
                                    .isEqualTo(Fate.REFUSED);
                        }
                    }
                }
            }
        }
        assertThat(changes.keySet())
                .contains(Compared.Change.SAME, Compared.Change.GAINED, Compared.Change.LOST, Compared.Change.MOVED);
        assertThat(fates.keySet()).contains(Fate.GRANTED, Fate.REFUSED, Fate.NOT_GRANTED, Fate.SKIPPED, Fate.WAITING);
    }

    // ---------------------------------------------------------------- a small one, by hand

    private static City three() {
        var city = new City(THEN);
        city.opensBatch("B1", yuan(20_000), city.now(), city.now().plusSeconds(60))
                .wasAccepted();
        city.applies("E1", "B1", yuan(15_000)).wasAccepted();
        city.applies("E2", "B1", yuan(5_000)).wasAccepted();
        city.registers("E3", Cast.declaration("E3")).verifies("E3", PriorityTag.MONITORED);
        city.applies("E3", "B1", yuan(4_000)).wasAccepted();
        city.at(city.now().plusSeconds(60)).grantsAndPublishes("B1");
        return city;
    }

    @Test
    @DisplayName("who gains, who loses, who moves, and the sums")
    void byHand() {
        try (City city = three()) {
            bring(city);
            // E3 goes first and leaves 16,000: E1 gets 15,000, E2 no longer fits.
            WhatIfAnswer answer =
                    ask("B1", GuangzhouTerms.with(d -> d.annualCap(yuan(14_999)), d -> d.tiers(List.of())));

            assertThat(answer.before())
                    .isEqualTo(new Sums(yuan(19_000), yuan(1_000), Map.of(Fate.GRANTED, 2L, Fate.NOT_GRANTED, 1L)));
            assertThat(answer.after())
                    .isEqualTo(new Sums(yuan(9_000), yuan(11_000), Map.of(Fate.GRANTED, 2L, Fate.REFUSED, 1L)));
            assertThat(answer.changes())
                    .isEqualTo(Map.of(Compared.Change.LOST, 1L, Compared.Change.GAINED, 1L, Compared.Change.MOVED, 1L));
            assertThat(answer.applications())
                    .extracting(Compared::change)
                    .containsExactly(Compared.Change.LOST, Compared.Change.GAINED, Compared.Change.MOVED);
            assertThat(answer.applications().getFirst().after())
                    .isEqualTo(new Decided(Fate.REFUSED, null, null, null, null, 0, "GZ-11", "AnnualCapExceeded"));
            assertThat(answer.applications().getLast().before().place()).isEqualTo(1);
            assertThat(answer.applications().getLast().after().place()).isEqualTo(2);
            assertThat(answer.schemeVersion()).isEqualTo(1);
            assertThat(answer.budgetFen()).isEqualTo(yuan(20_000));
        }
    }

    @Test
    @DisplayName("who is granted in part may get more or less under a draft")
    void moreAndLess() {
        SchemeTerms then = GuangzhouTerms.with(
                d -> d.tariff(new Tariff(When.ALWAYS, 5_000, null, null)),
                d -> d.tiers(List.of()),
                d -> d.grantsInPart());
        try (City city = new City(then)) {
            city.opensBatch("B1", yuan(10_000), city.now(), city.now().plusSeconds(60))
                    .wasAccepted();
            city.applies("E1", "B1", yuan(8_000)).wasAccepted();
            city.registers("E2", Cast.declaration("E2")).verifies("E2", PriorityTag.MONITORED);
            city.applies("E2", "B1", yuan(5_000)).wasAccepted();
            city.at(city.now().plusSeconds(60)).grantsAndPublishes("B1");
            bring(city);
            WhatIfAnswer answer = ask(
                    "B1",
                    new Draft(then)
                            .tiers(List.of(Set.of(PriorityTag.MONITORED)))
                            .terms());
            assertThat(answer.applications())
                    .extracting(Compared::change)
                    .containsExactly(Compared.Change.LESS, Compared.Change.MORE);
            assertThat(answer.applications())
                    .extracting(each -> each.after().amountFen())
                    .containsExactly(yuan(5_000), yuan(5_000));
        }
    }

    @Test
    @DisplayName("an unknown batch, one whose applications go on, and a draft it could not have run under are refused")
    void badInput() {
        try (City city = three()) {
            city.opensBatch("B2", yuan(1_000), city.now(), city.now().plusSeconds(60))
                    .wasAccepted();
            bring(city);
            assertThat(refusal("B9", THEN)).isEqualTo("BatchUnknown");
            assertThat(refusal("B2", THEN)).isEqualTo("ApplicationsNotEnded");
            assertThat(refusal("B1", GuangzhouTerms.with(d -> d.with("kind", SchemeTerms.Kind.CLOUD))))
                    .isEqualTo("NotOfThisKind");
            assertThat(refusal(
                            "B1",
                            GuangzhouTerms.with(d -> d.with("cities", List.of(new SchemeTerms.City("佛山市", null))))))
                    .isEqualTo("CityNotOfTheScheme");
            assertThat(refusal("B1", GuangzhouTerms.with(d -> d.fund(yuan(20_000) - 1, 0))))
                    .isEqualTo("FundExceeded");
            assertThat(refusal("B1", GuangzhouTerms.with(d -> d.fund(yuan(20_000), yuan(20_001)))))
                    .isEqualTo("FundBelowMinimum");
            assertThat(refusal(
                            "B1",
                            GuangzhouTerms.with(d -> d.with(
                                    "granting", new SchemeTerms.Granting(SchemeTerms.WhenItNoLongerFits.STOP, 3_000)))))
                    .isEqualTo("NoWorkingDays");
        }
    }

    private static String refusal(String batch, SchemeTerms draft) {
        return catchThrowableOfType(Refused.class, () -> ask(batch, draft))
                .decision()
                .about();
    }

    @Test
    @DisplayName("while one batch is being re-decided, another is not begun; when it is over, it is")
    void oneAtATime() throws InterruptedException {
        try (City city = three()) {
            bring(city);
            var underWay = new ReentrantLock();
            underWay.lock();
            Thread first = ledger.askHeldBy(underWay, "B1", THEN);
            assertThatThrownBy(() -> ask("B1", THEN)).isInstanceOf(WhatIfUnderWay.class);
            underWay.unlock();
            first.join();
            assertThat(ask("B1", THEN).applications()).hasSize(3);
            // Nor does one that was refused stand in the way.
            assertThat(refusal("B9", THEN)).isEqualTo("BatchUnknown");
            assertThat(refusal("B9", THEN)).isEqualTo("BatchUnknown");
        }
    }

    @Test
    @DisplayName("who is turned away meanwhile is told when to come again")
    void comeAgain() {
        var request = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (proxy, method, asked) -> "en");
        var answer = new WhatIfEndpoint(null, new ProblemWriter()).underWay(new WhatIfUnderWay(), request);
        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("10");
        assertThat(new String(answer.getBody(), StandardCharsets.UTF_8)).contains("One batch is re-decided at a time");
    }

    @Test
    @DisplayName("a batch that has ended and is not granted yet is decided by the draft, and was not decided then")
    void notGrantedYet() {
        try (City city = new City(THEN)) {
            city.opensBatch("B1", yuan(20_000), city.now(), city.now().plusSeconds(60))
                    .wasAccepted();
            city.applies("E1", "B1", yuan(15_000)).wasAccepted();
            city.at(city.now().plusSeconds(60)).sends(new EndApplications("B1")).wasAccepted();
            bring(city);
            var only = ask("B1", THEN).applications().getFirst();
            assertThat(only.before().fate()).isEqualTo(Fate.QUEUED);
            assertThat(only.after().fate()).isEqualTo(Fate.GRANTED);
            assertThat(only.change()).isEqualTo(Compared.Change.GAINED);
        }
    }
}
