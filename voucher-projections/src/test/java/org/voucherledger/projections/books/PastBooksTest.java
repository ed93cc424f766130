package org.voucherledger.projections.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.cloud.RandomProvince;
import org.voucherledger.domain.party.EnterpriseEvent.DeclarationCorrected;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRegistered;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherIssued;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReserved;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.RandomCycle;
import org.voucherledger.projections.fixture.TestViews;
import org.voucherledger.projections.projection.Told;

/** ALL-03 at any past position, for every kind of scope. */
class PastBooksTest {

    /** Small, so that a season of a test has many of them. */
    private static final Buckets BUCKETS = new Buckets(32);

    private static final int POSITIONS = 25;
    private static final Set<Account> IN_ITS_HANDS =
            EnumSet.of(Account.ORDERED, Account.PAID, Account.ACCEPTED, Account.CLAIMED, Account.REDEEMED);
    private static final String CITY = "广州市";
    private static final String PROVIDER = Cast.code("P1");

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32})
    @DisplayName("ALL-03: the past books of a city are the sums of its postings, and what its events say anew")
    void of_a_city(long seed) {
        try (var city = new RandomCity(seed).lives(300)) {
            pastBooksAreRight(city.events(), seed);
        }
    }

    @Test
    @DisplayName("ALL-03: the past books of a province of cloud vouchers are so too")
    void of_a_province() {
        try (var province = new RandomProvince(33).lives(400)) {
            pastBooksAreRight(province.events(), 33);
        }
    }

    @Test
    @DisplayName("ALL-03: the past books of a cycle of consumption vouchers are so too")
    void of_a_cycle() {
        try (var cycle = new RandomCycle(34).lives(300)) {
            pastBooksAreRight(cycle.events(), 34);
        }
    }

    private static void pastBooksAreRight(List<? extends TrackedEventMessage<?>> events, long seed) {
        var random = new Random(seed);
        try (var views = new TestViews(new BooksProjection(BUCKETS)).start()) {
            // Told in pieces of any size, so that a piece ends anywhere in a bucket.
            for (int from = 0; from < events.size(); ) {
                int until = Math.min(events.size(), from + 1 + random.nextInt(90));
                views.log().append(events.subList(from, until));
                views.settle();
                from = until;
            }
            var log = new ArrayList<Told>();
            views.eventLog().replay(views.projections().positions().progress(BooksProjection.NAME), log::add);
            assertThat(log).hasSameSizeAs(events);
            var books = new Books(views.dataSource(), BUCKETS);
            List<PostedLine> postings = views.jdbc().query("select * from view.posting", PostedLine::of);
            assertThat(postings)
                    .as("what an enterprise holds is in no provider's hands")
                    .filteredOn(p -> p.book() == Book.MONEY && !p.providerId().isEmpty())
                    .allMatch(p -> IN_ITS_HANDS.contains(p.from()) || IN_ITS_HANDS.contains(p.to()));
            var scopes = scopes(postings);
            assertThat(scopes).extracting(Scope::kind).contains(ScopeKind.CITY, ScopeKind.PROVIDER);
            for (int n = 0; n < POSITIONS; n++) {
                long position = random.nextLong(log.getLast().position() + 3) - 1;
                var prefix = new Prefix(log, position);
                for (Scope scope : scopes) {
                    var trial = books.of(scope, position).orElseThrow();
                    assertThat(trial.violations())
                            .as("%s at %d, seed %d", scope, position, seed)
                            .isEmpty();
                    assertThat(trial.equations()).allMatch(TrialBalance.Equation::holds);
                    var sums = sums(trial);
                    assertThat(sums)
                            .as("%s at %d, seed %d", scope, position, seed)
                            .isEqualTo(summed(postings, scope, position));
                    prefix.agrees(scope, sums);
                }
            }
        }
    }

    private static Set<Scope> scopes(List<PostedLine> postings) {
        var scopes = new LinkedHashSet<Scope>(Set.of(Scope.LEDGER));
        for (PostedLine p : postings) {
            scopes.add(Scope.scheme(p.schemeId()));
            if (!p.batchId().isEmpty()) {
                scopes.add(Scope.batch(p.batchId()));
                scopes.add(Scope.city(p.city()));
            }
            if (!p.district().isEmpty()) {
                scopes.add(Scope.district(p.city(), p.district()));
            }
            if (!p.enterpriseId().isEmpty()) {
                scopes.add(Scope.enterprise(p.enterpriseId()));
            }
            if (!p.providerId().isEmpty()) {
                scopes.add(Scope.provider(p.providerId()));
            }
        }
        return scopes;
    }

    private static Map<Account, Long> sums(TrialBalance trial) {
        var sums = new EnumMap<Account, Long>(Account.class);
        trial.sums().forEach(sum -> sums.put(sum.account(), sum.balanceFen()));
        return sums;
    }

    private static Map<Account, Long> summed(List<PostedLine> postings, Scope scope, long position) {
        Predicate<PostedLine> isOf = switch (scope.kind()) {
            case LEDGER -> p -> true;
            case SCHEME -> p -> p.schemeId().equals(scope.id());
            case BATCH -> p -> p.batchId().equals(scope.id());
            case CITY -> p -> p.city().equals(scope.id());
            case DISTRICT -> p -> (p.city() + "/" + p.district()).equals(scope.id());
            case ENTERPRISE -> p -> p.enterpriseId().equals(scope.id());
            case PROVIDER -> p -> p.providerId().equals(scope.id());
        };
        var sums = new EnumMap<Account, Long>(Account.class);
        postings.stream().filter(p -> p.position() <= position).filter(isOf).forEach(p -> {
            sums.merge(p.from(), -p.amountFen(), Long::sum);
            sums.merge(p.to(), p.amountFen(), Long::sum);
        });
        sums.values().removeIf(fen -> fen == 0);
        return sums;
    }

    /** A prefix of the log, recomputed from its events and nothing else. */
    private static final class Prefix {

        private final Recomputation recomputation = new Recomputation();
        private final Map<String, VoucherState> vouchers = new HashMap<>();
        private final Map<String, String> cities = new HashMap<>();
        private final Map<String, String> declared = new HashMap<>();
        private final Map<String, String> granted = new HashMap<>();

        Prefix(List<Told> log, long position) {
            for (Told told : log) {
                if (told.position() > position) {
                    break;
                }
                recomputation.add(told.event());
                switch (told.event()) {
                    case BatchOpened e -> cities.put(e.batchId(), e.city());
                    case EnterpriseRegistered e ->
                        declared.put(e.enterpriseId(), e.declaration().district());
                    case DeclarationCorrected e ->
                        declared.put(e.enterpriseId(), e.declaration().district());
                    case VoucherEvent e -> {
                        if (e instanceof VoucherIssued issued) {
                            granted.put(e.voucherId(), declared.get(issued.enterpriseId()));
                        } else if (e instanceof VoucherReserved reserved) {
                            granted.put(e.voucherId(), declared.get(reserved.enterpriseId()));
                        }
                        vouchers.put(
                                e.voucherId(),
                                vouchers.getOrDefault(e.voucherId(), VoucherState.EMPTY)
                                        .evolve(e));
                    }
                    default -> {}
                }
            }
        }

        void agrees(Scope scope, Map<Account, Long> books) {
            var expected = new TreeMap<Account, Long>();
            recomputation.balances().forEach((key, fen) -> {
                boolean counts = switch (scope.kind()) {
                    case LEDGER -> true;
                    case SCHEME -> key.schemeId().equals(scope.id());
                    case BATCH -> key.batchId().equals(scope.id());
                    case CITY -> scope.id().equals(cities.get(key.batchId()));
                    case DISTRICT -> false;
                    case ENTERPRISE -> key.owner().startsWith(scope.id() + ":");
                    case PROVIDER -> key.owner().startsWith(scope.id() + ":");
                };
                if (counts) {
                    expected.merge(key.account(), fen, Long::sum);
                }
            });
            vouchers.forEach((id, voucher) -> {
                boolean held = switch (scope.kind()) {
                    case DISTRICT ->
                        scope.id().equals(cities.get(voucher.issue().batchId()) + "/" + granted.get(id));
                    case ENTERPRISE -> voucher.issue().enterpriseId().equals(scope.id());
                    default -> false;
                };
                var money = voucher.balances();
                if (held) {
                    expected.merge(Account.HELD, money.heldFen(), Long::sum);
                }
                if (held
                        || scope.kind() == ScopeKind.PROVIDER
                                && voucher.providerId().equals(scope.id())) {
                    expected.merge(Account.ORDERED, money.orderedFen(), Long::sum);
                    expected.merge(Account.PAID, money.paidFen(), Long::sum);
                    expected.merge(Account.ACCEPTED, money.acceptedFen(), Long::sum);
                    expected.merge(Account.CLAIMED, money.claimedFen(), Long::sum);
                    expected.merge(Account.REDEEMED, money.redeemedFen(), Long::sum);
                    expected.merge(
                            Account.OWED,
                            voucher.payment() == null ? 0 : voucher.payment().owedFen(),
                            Long::sum);
                    expected.merge(
                            Account.DUE,
                            (scope.kind() == ScopeKind.PROVIDER
                                            ? 0
                                            : voucher.clawback().enterpriseDueFen())
                                    + (scope.kind() == ScopeKind.ENTERPRISE
                                            ? 0
                                            : voucher.clawback().providerDueFen()),
                            Long::sum);
                }
            });
            expected.values().removeIf(fen -> fen == 0);
            // What a scope's money comes out of, and what of it lapsed, lies outside of its vouchers.
            var known = new TreeMap<>(books);
            known.keySet()
                    .removeIf(account ->
                            !Recomputation.isKnown(account) || scope.kind().isSource(account));
            if (!scope.kind().hasBudgets()) {
                known.keySet().removeAll(Set.of(Account.AVAILABLE, Account.LAPSED));
            }
            expected.keySet().removeIf(scope.kind()::isSource);
            assertThat(known).as(scope.toString()).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("Each figure is the sum of the postings that it drills down to, page by page")
    void drill_down() {
        var random = new Random(35);
        try (var city = new RandomCity(35).lives(200);
                var views = new TestViews(new BooksProjection(BUCKETS))) {
            views.log().append(city.events());
            views.start().settle();
            var books = new Books(views.dataSource(), BUCKETS);
            List<PostedLine> all = views.jdbc().query("select * from view.posting order by 1, 2", PostedLine::of);
            int pages = 0;
            for (Scope scope : scopes(all)) {
                long until = random.nextLong(all.getLast().position() + 1);
                for (var figure : books.of(scope, until).orElseThrow().sums()) {
                    long sum = 0;
                    var after = PostedLine.Place.BEFORE_ALL;
                    List<PostedLine> page;
                    do {
                        page = books.postings(new Books.Wanted(scope, figure.account(), null, 0, until), after, 7);
                        for (PostedLine line : page) {
                            assertThat(line.place().position()).isGreaterThanOrEqualTo(after.position());
                            sum += line.to() == figure.account() ? line.amountFen() : -line.amountFen();
                            after = line.place();
                        }
                        pages++;
                    } while (page.size() == 7);
                    assertThat(sum).as("%s of %s at %d", figure, scope, until).isEqualTo(figure.balanceFen());
                }
            }
            assertThat(pages).isGreaterThan(100);
            assertThat(books.postings(
                            new Books.Wanted(Scope.LEDGER, null, null, 0, Books.NOW),
                            PostedLine.Place.BEFORE_ALL,
                            Integer.MAX_VALUE))
                    .isEqualTo(all);
            String voucher = all.stream()
                    .map(PostedLine::voucherId)
                    .filter(id -> id != null)
                    .findFirst()
                    .orElseThrow();
            assertThat(books.postings(
                            new Books.Wanted(Scope.LEDGER, null, voucher, 0, Books.NOW),
                            PostedLine.Place.BEFORE_ALL,
                            Integer.MAX_VALUE))
                    .isEqualTo(all.stream()
                            .filter(line -> voucher.equals(line.voucherId()))
                            .toList());
        }
    }

    @Test
    @DisplayName("Before the ledger's begin the books are empty, and of what nobody knows there are none")
    void before_the_begin() {
        try (var city = new RandomCity(36).lives(20);
                var views = new TestViews(new BooksProjection(BUCKETS))) {
            views.log().append(city.events());
            views.start().settle();
            var books = new Books(views.dataSource(), BUCKETS);
            for (Scope scope : List.of(Scope.LEDGER, Scope.batch("B1"), Scope.city(CITY))) {
                for (long position : new long[] {Long.MIN_VALUE, -1, 0}) {
                    var empty = books.of(scope, position).orElseThrow();
                    assertThat(empty.balanced()).isTrue();
                    assertThat(empty.sums()).isEmpty();
                    assertThat(empty.budgetFen()).isZero();
                }
            }
            assertThat(books.of(Scope.district(CITY, "无区"), Books.NOW)).isEmpty();
            assertThat(books.of(Scope.city("无市"), Books.NOW)).isEmpty();
            assertThat(books.of(Scope.enterprise("nobody"), Books.NOW)).isEmpty();
            assertThat(books.of(Scope.provider("nobody"), Books.NOW)).isEmpty();
        }
    }

    @Test
    @DisplayName("A moment is the position before the first posting that was recorded later")
    void a_moment_becomes_a_position() {
        var random = new Random(37);
        try (var city = new RandomCity(37).lives(200);
                var views = new TestViews(new BooksProjection(BUCKETS))) {
            views.log().append(city.events());
            views.start().settle();
            var books = new Books(views.dataSource(), BUCKETS);
            List<PostedLine> all = views.jdbc().query("select * from view.posting order by 1, 2", PostedLine::of);
            for (int n = 0; n < 200; n++) {
                var moment =
                        all.get(random.nextInt(all.size())).recordedAt().plusNanos(1_000L * (random.nextInt(3) - 1));
                var later = all.stream()
                        .filter(line -> line.recordedAt().isAfter(moment))
                        .mapToLong(PostedLine::position)
                        .min();
                assertThat(books.positionAt(moment))
                        .isEqualTo(later.isEmpty() ? later : OptionalLong.of(later.getAsLong() - 1));
            }
            var last = all.getLast();
            assertThat(books.positionAt(last.recordedAt())).isEmpty();
            assertThat(books.timeOf(last.position())).isEqualTo(last.at());
            assertThat(books.timeOf(0)).isNull();
        }
    }

    @Test
    @DisplayName("A past balance reads the postings of one bucket, however many there are before and after it")
    void reads_a_bounded_number_of_rows() {
        try (var city = new RandomCity(38).lives(200);
                var views = new TestViews(new BooksProjection(BUCKETS)).start()) {
            views.log().append(city.events());
            views.settle();
            long position = views.jdbc().queryForObject("select max(position) - 40 from view.posting", Long.class);
            long most = views.jdbc()
                    .queryForObject(
                            "select max(n) from (select count(*) n from view.posting group by position / 32) b",
                            Long.class);
            views.jdbc().update("""
                    insert into books_a.posting
                    select position + n * 1000000, line, book, scheme_id, batch_id, city, district, enterprise_id, provider_id,
                           owner, voucher_id, from_account, to_account, amount_fen, event_type, at, recorded_at
                    from books_a.posting, generate_series(1, 100) n
                    """);
            long all = views.jdbc().queryForObject("select count(*) from view.posting", Long.class);
            views.jdbc().execute("analyze books_a.posting");
            views.jdbc().execute("analyze books_a.total");
            // Of three kinds of scopes each looks once at what left its accounts, and once at what came in.
            long bound = 3 * 2 * most;
            assertThat(all).isGreaterThan(100 * bound);
            for (Scope scope : List.of(Scope.LEDGER, Scope.batch("B1"), Scope.city(CITY), Scope.provider(PROVIDER))) {
                assertThat(postingsRead(views, scope, position))
                        .as(scope.toString())
                        .isBetween(1L, bound);
            }
        }
    }

    private static long postingsRead(TestViews views, Scope scope, long position) {
        var books = new Books(views.dataSource(), BUCKETS);
        return new TransactionTemplate(views.log().transactions()).execute(status -> {
            long before = touched(views);
            assertThat(books.of(scope, position)).isPresent();
            return touched(views) - before;
        });
    }

    /** As the server counts, for this connection, the rows of postings that it has looked at. */
    private static long touched(TestViews views) {
        return views.jdbc()
                .queryForObject(
                        "select seq_tup_read + idx_tup_fetch from pg_stat_xact_all_tables"
                                + " where schemaname = 'books_a' and relname = 'posting'",
                        Long.class);
    }
}
