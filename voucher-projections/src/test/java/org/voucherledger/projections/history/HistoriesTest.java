package org.voucherledger.projections.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.aggregate.State;
import org.voucherledger.domain.cloud.RandomProvince;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Evidence;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.TestLedger;
import org.voucherledger.domain.usedonce.UsedOnceEvent.KeyBound;
import org.voucherledger.domain.usedonce.UsedOnceKey;
import org.voucherledger.domain.usedonce.UsedOnceKind;
import org.voucherledger.projections.audittrail.AuditTrailProjection;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.RandomCycle;
import org.voucherledger.projections.fixture.TestViews;
import tools.jackson.databind.JsonNode;

/** ALL-04: any stream can be told again, as of any moment, with what it was decided by. */
class HistoriesTest {

    private static final int ALL = 100_000;

    private static TestViews told(List<? extends TrackedEventMessage<?>> events) {
        var views = new TestViews(new AuditTrailProjection(TestViews.serializer()));
        views.log().append(events);
        return views.start().settle();
    }

    private static Histories of(TestViews views) {
        return new Histories(views.dataSource(), TestViews.serializer());
    }

    private static Map<String, List<TrackedEventMessage<?>>> streams(List<TrackedEventMessage<?>> events) {
        var streams = new LinkedHashMap<String, List<TrackedEventMessage<?>>>();
        events.forEach(message -> streams.computeIfAbsent(
                        ((DomainEvent) message.getPayload()).streamId(), id -> new ArrayList<>())
                .add(message));
        return streams;
    }

    /** The aggregate's own state, loaded as a handler loads it. */
    private static State<?, ?> aggregate(Ledger ledger, String streamId) {
        String[] id = streamId.split(":");
        return switch (id[0]) {
            case "scheme" -> ledger.scheme(id[1]).now();
            case "batch" -> ledger.batch(id[1]).now();
            case "queue" -> ledger.queue(id[1]).now();
            case "enterprisequota" ->
                ledger.enterpriseQuota(id[1], id[2], Integer.parseInt(id[3])).now();
            case "providerquota" ->
                ledger.providerQuota(id[1], id[2], Integer.parseInt(id[3])).now();
            case "holderquota" -> ledger.holderQuota(id[1], id[2]).now();
            case "voucher" -> ledger.voucher(id[1]).now();
            case "claim" -> ledger.claim(id[1]).now();
            case "settlement" -> ledger.settlement(id[1]).now();
            case "partyturns" ->
                ledger.partyTurns(streamId.substring("partyturns:".length())).now();
            case "catalogue" -> ledger.catalogueEntry(id[1], id[2]).now();
            case "enterprise" -> ledger.enterprise(id[1]).now();
            case "provider" -> ledger.provider(id[1]).now();
            case "finding" -> ledger.finding(id[1]).now();
            default -> throw new AssertionError(streamId);
        };
    }

    /** Every stream to its end: as many steps as events, and after the last the aggregate's own state. */
    private static TreeSet<String> endsAsTheAggregate(TestLedger ledger) {
        var kinds = new TreeSet<String>();
        try (var views = told(ledger.events())) {
            var histories = of(views);
            streams(ledger.events()).forEach((id, events) -> {
                var steps = histories.steps(id, ALL, -1, ALL).orElseThrow().items();
                assertThat(steps)
                        .extracting(step -> step.event().type())
                        .containsExactlyElementsOf(events.stream()
                                .map(message -> message.getPayload().getClass().getSimpleName())
                                .toList());
                if (!id.startsWith("usedonce:")) {
                    assertThat(steps.getLast().stateAfter())
                            .as(id)
                            .isEqualTo(StateJson.of(ledger.look(all -> aggregate(all, id))));
                }
                kinds.add(id.substring(0, id.indexOf(':')));
            });
        }
        return kinds;
    }

    @Test
    @DisplayName(
            "After the last step of every stream of a city, a province and a cycle there is the aggregate's own state")
    void the_last_state_is_the_aggregates() {
        var kinds = new TreeSet<String>();
        try (var city = new RandomCity(61).lives(300);
                var province = new RandomProvince(1).lives(600);
                var cycle = new RandomCycle(63).lives(200)) {
            Stream.of(
                            city.city().ledger(),
                            province.city().ledger(),
                            cycle.city().ledger())
                    .forEach(ledger -> kinds.addAll(endsAsTheAggregate(ledger)));
        }
        assertThat(kinds).contains("scheme", "batch", "queue", "enterprisequota", "providerquota", "holderquota");
        assertThat(kinds).contains("voucher", "claim", "settlement", "catalogue", "enterprise", "provider", "usedonce");
    }

    @Test
    @DisplayName("Whatever the ledger keeps as a stream can be told again")
    void every_kind_of_stream() {
        var states = Ledger.AGGREGATES.stream()
                .map(aggregate -> ((ParameterizedType) aggregate.getGenericSuperclass()).getActualTypeArguments()[0])
                .map(Type::getTypeName)
                .toList();
        assertThat(Replay.kinds())
                .extracting(kind ->
                        Replay.of(kind + ":x").orElseThrow().state().getClass().getName())
                .containsExactlyInAnyOrderElementsOf(states);
        assertThat(Replay.of("nobody:x")).isEmpty();
        assertThat(Replay.of("voucher")).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {64, 65})
    @DisplayName("The history as of a position is the history that a log ending there has")
    void as_of_is_the_prefix(long seed) {
        try (var city = new RandomCity(seed).lives(200);
                var views = told(city.events())) {
            var random = new Random(seed);
            for (int end : new int[] {1, 2 + random.nextInt(city.events().size() - 2)}) {
                try (var prefix = told(city.events().subList(0, end))) {
                    for (String id : streams(city.events()).keySet()) {
                        assertThat(of(views).steps(id, end, -1, ALL))
                                .as("%s as of %d", id, end)
                                .isEqualTo(of(prefix).steps(id, end, -1, ALL));
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("Page by page, short of steps or short of room, a history is the same as in one piece")
    void page_by_page() {
        try (var city = new RandomCity(66).lives(150);
                var views = told(city.events())) {
            for (String id : List.of("batch:B1", "queue:B1", "scheme:GZ-2020", "voucher:B1-A1-V1")) {
                var whole = of(views).steps(id, ALL, -1, ALL).orElseThrow();
                assertThat(whole.next()).isNull();
                int all = whole.items().size();
                for (int limit : new int[] {1, 2, all - 1, all, all + 1}) {
                    assertThat(pages(of(views), id, limit))
                            .as("pages of %d", limit)
                            .isEqualTo(whole.items());
                }
                var cramped = new Histories(views.dataSource(), TestViews.serializer(), 1);
                assertThat(cramped.steps(id, ALL, -1, ALL).orElseThrow().items())
                        .hasSize(1);
                assertThat(pages(cramped, id, ALL)).isEqualTo(whole.items());
            }
        }
    }

    private static List<Step> pages(Histories histories, String id, int limit) {
        var all = new ArrayList<Step>();
        String next = "-1";
        while (next != null) {
            var page = histories.steps(id, ALL, Long.parseLong(next), limit).orElseThrow();
            assertThat(page.items()).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
            all.addAll(page.items());
            next = page.next();
        }
        return all;
    }

    @Test
    @DisplayName("What is said to have changed leads from one state to the next, and from any moment to any other")
    void differences() {
        try (var city = new RandomCity(67).lives(150);
                var views = told(city.events())) {
            var histories = of(views);
            var random = new Random(67);
            for (String id : streams(city.events()).keySet()) {
                var steps = histories.steps(id, ALL, -1, ALL).orElseThrow().items();
                JsonNode before = StateJson.of(Replay.of(id).orElseThrow().state());
                for (Step step : steps) {
                    leads(before, step.changed(), step.stateAfter());
                    before = step.stateAfter();
                }
                int from = random.nextInt(steps.size());
                int to = from + random.nextInt(steps.size() - from);
                var difference = histories
                        .between(id, position(steps, from), position(steps, to))
                        .orElseThrow();
                assertThat(difference.steps()).isEqualTo(to - from);
                leads(
                        steps.get(from).stateAfter(),
                        difference.changed(),
                        steps.get(to).stateAfter());
                assertThat(histories
                                .between(id, 0, position(steps, 0))
                                .orElseThrow()
                                .steps())
                        .isEqualTo(1);
                assertThat(histories.between(id, 0, position(steps, 0) - 1)).isEmpty();
            }
        }
    }

    private static long position(List<Step> steps, int at) {
        return steps.get(at).event().position();
    }

    /** Every member named was what it is said to have been and is what it is said to be; none that is not named differs. */
    private static void leads(JsonNode before, List<Change> changed, JsonNode after) {
        changed.forEach(change -> {
            assertThat(orNull(member(before, change.member()))).isEqualTo(change.before());
            assertThat(orNull(member(after, change.member()))).isEqualTo(change.after());
            assertThat(change.before()).isNotEqualTo(change.after());
        });
        assertThat(changed.isEmpty()).isEqualTo(leaves(before).equals(leaves(after)));
        var named = changed.stream().map(Change::member).toList();
        var left = new TreeSet<>(leaves(before));
        left.removeAll(leaves(after));
        var come = new TreeSet<>(leaves(after));
        come.removeAll(leaves(before));
        Stream.concat(left.stream(), come.stream())
                .forEach(leaf -> assertThat(named)
                        .as(leaf)
                        .anyMatch(member -> leaf.startsWith("/" + pointer(member))
                                || ("/" + pointer(member)).startsWith(leaf.substring(0, leaf.indexOf(' ')))));
    }

    private static JsonNode member(JsonNode node, String path) {
        return node.at("/" + pointer(path));
    }

    private static String pointer(String path) {
        return path.replace('[', '/').replace("]", "").replace('.', '/');
    }

    private static JsonNode orNull(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? null : node;
    }

    /** Each value with its path. */
    private static TreeSet<String> leaves(JsonNode node) {
        var leaves = new TreeSet<String>();
        collect("", node, leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode node, TreeSet<String> leaves) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties().forEach(member -> collect(path + "/" + member.getKey(), member.getValue(), leaves));
        } else if (node.isArray() && !node.isEmpty()) {
            for (int i = 0; i < node.size(); i++) {
                collect(path + "/" + i, node.get(i), leaves);
            }
        } else if (!node.isNull()) {
            leaves.add(path + " " + node);
        }
    }

    @Test
    @DisplayName(
            "A moment means the last event recorded by then, the instant itself included, whenever its command was stamped")
    void moments() {
        try (var city = new RandomCity(68).lives(60);
                var views = told(city.events())) {
            record Known(Instant recordedAt, Instant stampedAt) {}
            var known = views.jdbc()
                    .query(
                            "select recorded_at, at from view.audit_event order by position",
                            (row, n) -> new Known(
                                    row.getTimestamp(1).toInstant(),
                                    row.getTimestamp(2).toInstant()));
            assertThat(known)
                    .hasSize(city.events().size())
                    .allMatch(event -> !event.recordedAt().equals(event.stampedAt()));
            var times = known.stream().map(Known::recordedAt).toList();
            for (Instant at : new TreeSet<>(times)) {
                assertThat(of(views).positionAt(at)).isEqualTo(times.lastIndexOf(at) + 1L);
                assertThat(of(views).positionAt(at.minusNanos(1_000))).isEqualTo(times.indexOf(at));
            }
            assertThat(of(views).positionAt(times.getLast().plusSeconds(1))).isEqualTo(times.size());
        }
    }

    @Test
    @DisplayName("Each step tells the decisions of its command, as they were written when it was decided")
    void decisions() {
        try (var city = new RandomCity(69).lives(150);
                var views = told(city.events())) {
            var histories = of(views);
            var elsewhere = 0;
            for (String id : streams(city.events()).keySet()) {
                for (Step step : histories.steps(id, ALL, -1, ALL).orElseThrow().items()) {
                    int own = (int) step.event().position() - 1;
                    int keeper = own;
                    while (keeper >= 0
                            && isOf(city.events().get(keeper), step)
                            && kept(city.events().get(keeper)) == null) {
                        keeper--;
                    }
                    boolean none = keeper < 0 || !isOf(city.events().get(keeper), step);
                    assertThat(step.decidedAt()).isEqualTo(none ? null : Long.valueOf(keeper + 1L));
                    assertThat(step.decisions())
                            .isEqualTo(
                                    none
                                            ? List.of()
                                            : Evidence.read(kept(city.events().get(keeper))).stream()
                                                    .map(Decided::of)
                                                    .toList());
                    if (!Objects.equals(step.decidedAt(), step.event().position())) {
                        elsewhere++;
                    }
                    if (!none) {
                        assertThat(step.beganAt()).isLessThanOrEqualTo(step.decidedAt());
                        assertThat(isOf(city.events().get((int) (step.beganAt() - 1)), step))
                                .isTrue();
                    }
                }
            }
            assertThat(elsewhere)
                    .as("steps whose decisions stand with an earlier event")
                    .isGreaterThan(50);
        }
    }

    private static boolean isOf(TrackedEventMessage<?> message, Step step) {
        return message.getMetaData().get(Stamp.COMMAND_ID).equals(step.event().commandId());
    }

    @SuppressWarnings("unchecked")
    private static List<List<Object>> kept(TrackedEventMessage<?> message) {
        return (List<List<Object>>) message.getMetaData().get(Stamp.DECISIONS);
    }

    @Test
    @DisplayName(
            "GZ-12: of a grant, each application's events tell what that application was decided by, and no other's")
    void a_grant_keeps_each_applications_decisions() {
        try (var city = new City()) {
            var from = shanghai("2020-04-01T09:00");
            city.at(from)
                    .opensBatch("B1", yuan(100_000), from, shanghai("2020-04-03T09:00"))
                    .wasAccepted();
            city.applies("E1", "B1", yuan(2_000), yuan(2_000));
            city.applies("E2", "B1", yuan(3_000), yuan(3_000));
            city.at(shanghai("2020-04-03T09:00")).grantsAndPublishes("B1");
            try (var views = told(city.ledger().events())) {
                var one = issued(views, "voucher:B1-A1-V1");
                var two = issued(views, "voucher:B1-A2-V1");
                assertThat(one.decidedAt()).isEqualTo(one.beganAt()).isLessThan(two.decidedAt());
                assertThat(two.beganAt()).as("both were granted by one command").isEqualTo(one.beganAt());
                assertThat(one.decisions()).extracting(Decided::about).contains("BatchPhase", "NotRegistered");
                assertThat(two.decisions())
                        .extracting(Decided::about)
                        .contains("NotRegistered")
                        .doesNotContain("BatchPhase");
                assertThat(two.decisions()).allMatch(Decided::allowed);
            }
        }
    }

    private static Step issued(TestViews views, String stream) {
        return of(views).steps(stream, ALL, -1, 1).orElseThrow().items().getFirst();
    }

    private static TrackedEventMessage<?> bound(UsedOnceKey key, int i) {
        return new GenericTrackedDomainEventMessage<>(
                null,
                new GenericDomainEventMessage<>(
                        "UsedOnce", key.streamId(), i, new KeyBound(key.kind(), key.key(), "V" + i)));
    }

    @Test
    @DisplayName("A stream of more rows than are fetched at a time is told whole")
    void long_streams() {
        try (var views = new TestViews(new AuditTrailProjection(TestViews.serializer()))) {
            views.start();
            var key = UsedOnceKey.of(UsedOnceKind.INVOICE, "I");
            views.log()
                    .append(IntStream.range(0, 1_001)
                            .mapToObj(i -> bound(key, i))
                            .toList());
            views.settle();
            assertThat(of(views)
                            .steps(key.streamId(), ALL, -1, ALL)
                            .orElseThrow()
                            .items())
                    .hasSize(1_001);
            var last = of(views)
                    .steps(key.streamId(), ALL, 1_000, ALL)
                    .orElseThrow()
                    .items();
            assertThat(last).hasSize(1);
            assertThat(last.getFirst().stateAfter().path("boundTo").asString()).isEqualTo("V1000");
            assertThat(of(views).between(key.streamId(), 0, 1_001).orElseThrow().steps())
                    .isEqualTo(1_001);
        }
    }
}
