package org.voucherledger.domain.funding;

import static org.voucherledger.domain.rule.Rule.GZ_15;
import static org.voucherledger.domain.scenario.GuangzhouTerms.SCHEME;

import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.RepositoryProvider;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.axonframework.test.matchers.Matchers;
import org.hamcrest.CustomTypeSafeMatcher;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.Scheme;
import org.voucherledger.domain.scheme.SchemeCommand.ChangeFund;
import org.voucherledger.domain.scheme.SchemeCommand.PublishScheme;
import org.voucherledger.domain.scheme.SchemeEvent.FundAllocated;
import org.voucherledger.domain.scheme.SchemeEvent.FundChanged;
import org.voucherledger.domain.scheme.SchemeEvent.SchemePublished;

/** The scheme alone, given its history: one aggregate, so Axon's own fixture tells the story. */
class SchemeFixtureTest {

    private static final String FILE = "0".repeat(64);
    private static final SchemePublished PUBLISHED = new SchemePublished(SCHEME, 1, GuangzhouTerms.asPublished(), FILE);

    private FixtureConfiguration<Scheme> scheme;

    @BeforeEach
    void begin() {
        scheme = new AggregateTestFixture<>(Scheme.class);
        scheme.registerAnnotatedCommandHandler(new FundingHandler(new Ledger(new RepositoryProvider() {
            @Override
            @SuppressWarnings("unchecked") // the handler asks for schemes only
            public <T> Repository<T> repositoryFor(Class<T> type) {
                return (Repository<T>) scheme.getRepository();
            }
        })));
    }

    private static Matcher<Throwable> refusedBy(Rule rule) {
        return new CustomTypeSafeMatcher<>("a refusal by " + rule) {
            @Override
            protected boolean matchesSafely(Throwable thrown) {
                return thrown instanceof Refused refused && refused.decision().rule() == rule;
            }
        };
    }

    @DisplayName("GZ-15: published with a fund of at least the minimum")
    @ParameterizedTest(name = "fund {0}, at least {1}: {2}")
    @CsvSource({"600000000, 600000000, accepted", "599999999, 600000000, refused", "600000001, 600000000, accepted"})
    void published(long fund, long minimum, String expected) {
        var terms = GuangzhouTerms.with(d -> d.fund(fund, minimum));
        var when = scheme.givenNoPriorActivity().when(new PublishScheme(terms, FILE));
        if (expected.equals("accepted")) {
            when.expectEvents(new SchemePublished(SCHEME, 1, terms, FILE)).expectResultMessagePayload(1);
        } else {
            when.expectException(refusedBy(GZ_15)).expectNoEvents();
        }
    }

    @Test
    @DisplayName("ALL-01: publishing again makes the next version")
    void nextVersion() {
        scheme.given(PUBLISHED)
                .when(new PublishScheme(GuangzhouTerms.asPublished(), FILE))
                .expectEvents(new SchemePublished(SCHEME, 2, GuangzhouTerms.asPublished(), FILE));
    }

    @DisplayName("GZ-15: the fund covers what the batches hold, to the last fen")
    @ParameterizedTest(name = "{0} and {1} allocated, fund {2}: {3}")
    @CsvSource({"100, 200, 300, accepted", "100, 200, 299, refused", "100, 0, 0, refused"})
    void fundCovers(long one, long other, long fund, String expected) {
        var when = scheme.given(
                        PUBLISHED,
                        new FundAllocated(SCHEME, "B1", GuangzhouTerms.CITY, one),
                        new FundAllocated(SCHEME, "B2", GuangzhouTerms.CITY, other))
                .when(new ChangeFund(SCHEME, fund, "notice-2", "调整"));
        if (expected.equals("accepted")) {
            when.expectEvents(new FundChanged(SCHEME, GuangzhouTerms.FUND_FEN, fund, "notice-2", "调整"));
        } else {
            when.expectException(refusedBy(GZ_15)).expectEventsMatching(Matchers.noEvents());
        }
    }

    @Test
    @DisplayName("ALL-01: the fund of a scheme that nobody published cannot move")
    void unknown() {
        scheme.givenNoPriorActivity()
                .when(new ChangeFund(SCHEME, 1, "notice-2", "调整"))
                .expectException(refusedBy(Rule.ALL_01));
    }
}
