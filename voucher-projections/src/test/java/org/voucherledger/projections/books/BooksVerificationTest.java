package org.voucherledger.projections.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** ALL-03, on logs as the domain writes them. */
class BooksVerificationTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("ALL-03: the books of any season balance, and recomputing them from the raw events gives the same")
    void books_of_any_season_balance(long seed) throws Exception {
        try (var city = new RandomCity(seed).lives(400);
                var views = new TestViews(new BooksProjection())) {
            views.log().append(city.events());
            views.start().settle();

            Verification verified = verification(views).verify().value();

            assertThat(verified.differences()).isEmpty();
            assertThat(verified.violations()).isEmpty();
            assertThat(verified.balanced()).isTrue();
            assertThat(verified.events()).isEqualTo(city.events().size());
        }
    }

    @Test
    @DisplayName("ALL-03: the equations hold after every single event, also between two events of one transaction")
    void equations_hold_after_every_event() throws Exception {
        try (var city = new RandomCity(6).lives(120);
                var views = new TestViews(new BooksProjection()).start()) {
            var books = new Books(views.dataSource());
            for (var event : city.events()) {
                views.log().append(List.of(event));
                views.settle();
                assertThat(books.all().violations())
                        .as("after %s", event.getPayload())
                        .isEmpty();
            }
        }
    }

    @Test
    @DisplayName("The random seasons move every account there is")
    void seasons_move_every_account() {
        Set<String> moved = new TreeSet<>();
        for (long seed = 1; seed <= 5; seed++) {
            try (var city = new RandomCity(seed).lives(400);
                    var views = new TestViews(new BooksProjection())) {
                views.log().append(city.events());
                views.start().settle();
                moved.addAll(views.jdbc().queryForList("select distinct to_account from view.posting", String.class));
                moved.addAll(views.jdbc().queryForList("select distinct from_account from view.posting", String.class));
            }
        }
        var all = new HashSet<>(Set.of(Account.values()));
        assertThat(moved).isEqualTo(all.stream().map(Account::name).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    @DisplayName("A fen that moved in the books only is found, by account and amount")
    void a_planted_fen_is_found() throws Exception {
        try (var city = new RandomCity(7).lives(200);
                var views = new TestViews(new BooksProjection())) {
            views.log().append(city.events());
            views.start().settle();
            views.jdbc()
                    .update(
                            "update books_a.balance set balance_fen = balance_fen + 1 where account = 'AVAILABLE' and batch_id = 'B1'");
            views.jdbc()
                    .update(
                            "update books_a.balance set balance_fen = balance_fen - 1 where account = 'LAPSED' and batch_id = 'B1'");

            Verification verified = verification(views).verify().value();

            assertThat(verified.balanced()).isFalse();
            assertThat(verified.violations())
                    .containsExactly(
                            "AVAILABLE B1: its accounts are 1 fen more than its buckets",
                            "LAPSED B1: its accounts are -1 fen more than its buckets");
            assertThat(verified.differences())
                    .extracting(d -> d.account() + " " + d.batchId() + " " + (d.booksFen() - d.recomputedFen()))
                    .containsExactly("AVAILABLE B1 1", "LAPSED B1 -1");
        }
    }

    @Test
    @DisplayName("A fen that came from nowhere breaks the equations")
    void a_fen_from_nowhere_breaks_the_equations() throws Exception {
        try (var city = new RandomCity(8).lives(50);
                var views = new TestViews(new BooksProjection())) {
            views.log().append(city.events());
            views.start().settle();
            views.jdbc()
                    .update(
                            "update books_a.total set change_fen = change_fen + 1 where account = 'LAPSED' and id in ('', 'B2')");

            TrialBalance all = new Books(views.dataSource()).all();

            assertThat(all.balanced()).isFalse();
            assertThat(all.violations())
                    .anyMatch(v -> v.startsWith("-TREASURY = UNALLOCATED + "))
                    .anyMatch(v -> v.startsWith("batch B2: budget = AVAILABLE + "));
            assertThat(verification(views).verify().value().violations()).anyMatch(v -> v.startsWith("LAPSED B2: "));
        }
    }

    private static BooksVerification verification(TestViews views) {
        return new BooksVerification(
                views.views(), views.projections(), new Books(views.dataSource()), views.eventLog());
    }
}
