package org.voucherledger.projections.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** ALL-03: the trial balance of everything, of a scheme and of a batch. */
class TrialBalanceTest {

    private static TestViews views;
    private static Books books;

    @BeforeAll
    static void aSeason() {
        views = new TestViews(new BooksProjection());
        try (var city = new RandomCity(61).lives(200)) {
            views.log().append(city.events());
        }
        views.start().settle();
        books = new Books(views.dataSource());
    }

    @AfterAll
    static void close() {
        views.close();
    }

    @Test
    @DisplayName("ALL-03: of the only scheme it is that of everything")
    void of_a_scheme() {
        assertThat(books.of(Scope.scheme(GuangzhouTerms.SCHEME), Books.NOW).orElseThrow())
                .usingRecursiveComparison()
                .ignoringFields("scope")
                .isEqualTo(books.all());
        assertThat(books.all().balanced()).isTrue();
    }

    @Test
    @DisplayName("ALL-03: of a batch it has that batch's budget and accounts, which together are those of the scheme")
    void of_a_batch() {
        var first = books.of(Scope.batch("B1"), Books.NOW).orElseThrow();
        var second = books.of(Scope.batch("B2"), Books.NOW).orElseThrow();

        assertThat(first.balanced()).isTrue();
        assertThat(first.budgetFen()).isEqualTo(books.all().budgetFen() - second.budgetFen());
        assertThat(first.entries())
                .isNotEmpty()
                .allMatch(entry -> entry.batchId().equals("B1"));
        assertThat(Stream.of(first, second).flatMap(trial -> trial.entries().stream()))
                .containsExactlyInAnyOrderElementsOf(books.all().entries().stream()
                        .filter(entry -> !entry.batchId().isEmpty())
                        .toList());
    }

    @Test
    @DisplayName("Of a scheme or a batch that nobody knows there is none")
    void of_nothing() {
        assertThat(books.of(Scope.scheme("GZ-2199"), Books.NOW)).isEmpty();
        assertThat(books.of(Scope.batch("B9"), Books.NOW)).isEmpty();
    }
}
