package org.voucherledger.domain.registering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.RepositoryProvider;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.hamcrest.FeatureMatcher;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.command.Malformed;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.party.Enterprise;
import org.voucherledger.domain.party.EnterpriseCommand.CorrectDeclaration;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.LiftEnterpriseFreeze;
import org.voucherledger.domain.party.EnterpriseCommand.RegisterEnterprise;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseDisqualified;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseFreezeLifted;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseFrozen;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRegistered;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRenamed;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.ProductDescription;
import org.voucherledger.domain.party.Provider;
import org.voucherledger.domain.party.ProviderCommand.ProposeProduct;
import org.voucherledger.domain.party.ProviderCommand.PublishProduct;
import org.voucherledger.domain.party.ProviderCommand.RegisterProvider;
import org.voucherledger.domain.party.ProviderEvent.ProductProposed;
import org.voucherledger.domain.party.ProviderEvent.ProductPublished;
import org.voucherledger.domain.party.ProviderEvent.ProviderRecognised;
import org.voucherledger.domain.party.ProviderEvent.ProviderRegistered;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.party.SupplierClass;
import org.voucherledger.domain.rule.Refused;
import org.voucherledger.domain.rule.Rule;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Papers;

/** An enterprise and a provider alone, given their history. */
class RegisterFixtureTest {

    private static final String E1 = Cast.code("E1");
    private static final String P1 = Cast.code("P1");
    private static final Instant NOW = GuangzhouTerms.shanghai("2020-05-20T09:00");
    private static final Map<String, ?> OPERATOR =
            new Stamp("c-1", NOW, Actor.of("operator-1", Role.OPERATOR), "").toMetaData();

    private FixtureConfiguration<Enterprise> enterprise;
    private FixtureConfiguration<Provider> provider;

    @BeforeEach
    void begin() {
        enterprise = new AggregateTestFixture<>(Enterprise.class);
        enterprise.registerAnnotatedCommandHandler(new EnterpriseHandler(new Ledger(only(enterprise))));
        provider = new AggregateTestFixture<>(Provider.class);
        provider.registerAnnotatedCommandHandler(new ProviderHandler(new Ledger(only(provider))));
    }

    private static RepositoryProvider only(FixtureConfiguration<?> fixture) {
        return new RepositoryProvider() {
            @Override
            @SuppressWarnings("unchecked") // the handler asks for its own aggregate only
            public <T> Repository<T> repositoryFor(Class<T> type) {
                return (Repository<T>) fixture.getRepository();
            }
        };
    }

    @Test
    @DisplayName("GZ-01: registering records the size that the standard makes of the figures, whatever was declared")
    void computesTheSize() {
        var declared = Cast.declaration("E1", Industry.INDUSTRY, 300, 2_000, 0, Size.MICRO);
        enterprise
                .givenNoPriorActivity()
                .when(new RegisterEnterprise(E1, declared), OPERATOR)
                .expectEvents(new EnterpriseRegistered(E1, declared, Size.MEDIUM));
    }

    @Test
    @DisplayName("GZ-02: registered once")
    void once() {
        enterprise
                .given(new EnterpriseRegistered(E1, Cast.declaration("E1"), Size.SMALL))
                .when(new RegisterEnterprise(E1, Cast.declaration("E1")), OPERATOR)
                .expectException(Refused.class)
                .expectNoEvents();
    }

    @Test
    @DisplayName("GZ-09: a corrected declaration keeps the name of the day")
    void keepsTheName() {
        var registered = new EnterpriseRegistered(E1, Cast.declaration("E1"), Size.SMALL);
        enterprise
                .given(registered, new EnterpriseRenamed(E1, "新名", LocalDate.of(2020, 5, 20), Papers.document("PROOF")))
                .when(new CorrectDeclaration(E1, Cast.declaration("E1")), OPERATOR)
                .expectException(Refused.class);
        enterprise
                .given(registered, new EnterpriseRenamed(E1, "新名", LocalDate.of(2020, 5, 21), Papers.document("PROOF")))
                .when(new CorrectDeclaration(E1, Cast.declaration("E1")), OPERATOR)
                .expectSuccessfulHandlerExecution();
    }

    @Test
    @DisplayName("GZ-32: a disqualified enterprise corrects nothing")
    void disqualified() {
        enterprise
                .given(
                        new EnterpriseRegistered(E1, Cast.declaration("E1"), Size.SMALL),
                        new EnterpriseDisqualified(E1, "骗补"))
                .when(new CorrectDeclaration(E1, Cast.declaration("E1")), OPERATOR)
                .expectException(Refused.class)
                .expectNoEvents();
    }

    @Test
    @DisplayName("GZ-32: frozen once, lifted once, with the instant that tells which vouchers it had held")
    void freezesAndLifts() {
        // The orders of payment hear of it too, so that this is asked of the whole ledger.
        try (var city = new City()) {
            String id = city.enterprise("E1");
            city.sends(new LiftEnterpriseFreeze(id, null, "查清")).wasRefusedBy(Rule.GZ_32);
            city.sends(new FreezeEnterprise(id, "疑点")).wasAccepted();
            assertThat(city.lastOutcome().events()).containsExactly(new EnterpriseFrozen(id, "疑点"));
            city.sends(new FreezeEnterprise(id, "疑点")).wasRefusedBy(Rule.GZ_32);
            Instant deadline = city.now().plusSeconds(1);
            city.sends(new LiftEnterpriseFreeze(id, deadline, "查清")).wasAccepted();
            assertThat(city.lastOutcome().events())
                    .containsExactly(new EnterpriseFreezeLifted(id, city.now(), deadline, "查清"));
        }
    }

    private static final ProviderRecognised LISTED = new ProviderRecognised(
            P1,
            Cast.providerName("P1"),
            RecognitionLevel.CITY,
            GuangzhouTerms.CITY,
            Set.of(ServiceType.TRAINING),
            Set.of(),
            SupplierClass.OTHER,
            LocalDate.of(2018, 1, 1),
            LocalDate.of(2020, 12, 31));

    @Test
    @DisplayName("GZ-04: who is on the list registers; who is not, does not")
    void onTheList() {
        var papers = List.of(Papers.document("LICENCE"));
        var register = new RegisterProvider(P1, Cast.providerName("P1"), GuangzhouTerms.CITY, papers);
        provider.given(LISTED)
                .when(register, OPERATOR)
                .expectEvents(new ProviderRegistered(P1, Cast.providerName("P1"), GuangzhouTerms.CITY, papers));
        provider.givenNoPriorActivity().when(register, OPERATOR).expectException(Refused.class);
    }

    private static final ProviderRegistered REGISTERED = new ProviderRegistered(
            P1, Cast.providerName("P1"), GuangzhouTerms.CITY, List.of(Papers.document("LICENCE")));
    private static final Map<String, ?> ITSELF =
            new Stamp("c-1", NOW, new Actor("handler", Role.PROVIDER, P1), "").toMetaData();

    @Test
    @DisplayName("GZ-06, GZ-07: a product is of a recognised type, and each change of it is a new version")
    void products() {
        provider.given(LISTED, REGISTERED)
                .when(Cast.product(P1, "A", "产品", ServiceType.FINANCING), ITSELF)
                .expectException(Refused.class);
        provider.given(LISTED, REGISTERED, proposed(1, "产品"))
                .when(Cast.product(P1, "A", "新产品", ServiceType.TRAINING), ITSELF)
                .expectEvents(proposed(2, "新产品"));
    }

    @ParameterizedTest(name = "with {0}: {1}")
    @CsvSource({
        "'QUALIFICATION_PROOF,PAST_CONTRACT', true",
        "'QUALIFICATION_PROOF,PAST_CONTRACT,PAST_CONTRACT,OTHER', true",
        "QUALIFICATION_PROOF, false",
        "PAST_CONTRACT, false",
        "'OTHER,PAST_CONTRACT', false"
    })
    @DisplayName("GZ-07: a product is offered with a proof of qualification and a past contract")
    void papersOfAProduct(String kinds, boolean complete) {
        var whole = Cast.product(P1, "A", "产品", ServiceType.TRAINING);
        var offered = new ProposeProduct(
                P1,
                "A",
                "产品",
                ServiceType.TRAINING,
                whole.description(),
                whole.priceFromFen(),
                whole.priceToFen(),
                whole.chargingBasis(),
                Stream.of(kinds.split(",")).map(Papers::document).toList());
        var result = provider.given(LISTED, REGISTERED).when(offered, ITSELF);
        if (complete) {
            result.expectSuccessfulHandlerExecution();
        } else {
            result.expectException(refusal("ProductPapersMissing")).expectNoEvents();
        }
    }

    @Test
    @DisplayName("GZ-07: what is published is the version that the operator has checked, not one proposed since")
    void publishesWhatWasChecked() {
        provider.given(LISTED, REGISTERED, proposed(1, "产品"), proposed(2, "新产品"))
                .when(new PublishProduct(P1, "A", 1), OPERATOR)
                .expectException(refusal("AnotherVersionProposed"))
                .expectNoEvents();
        provider.given(LISTED, REGISTERED, proposed(1, "产品"), proposed(2, "新产品"))
                .when(new PublishProduct(P1, "A", 3), OPERATOR)
                .expectException(refusal("AnotherVersionProposed"));
        provider.given(LISTED, REGISTERED, proposed(1, "产品"), proposed(2, "新产品"))
                .when(new PublishProduct(P1, "A", 2), OPERATOR)
                .expectEvents(new ProductPublished(P1, "A", 2));
    }

    @ParameterizedTest(name = "without {0}")
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    @DisplayName("GZ-07: every part of a product's description is given: cities, target, … acceptance standard")
    void everyPartOfTheDescription(int missing) {
        String[] parts = {"中小微企业", "概述", "流程", "周期", "成果", "验收标准"};
        Set<String> cities = missing == 6 ? Set.of() : Set.of(GuangzhouTerms.CITY);
        if (missing < 6) {
            parts[missing] = " ";
        }
        assertThatThrownBy(() ->
                        new ProductDescription(cities, parts[0], parts[1], parts[2], parts[3], parts[4], parts[5]))
                .isInstanceOf(Malformed.class);
    }

    private static Matcher<Throwable> refusal(String about) {
        return new FeatureMatcher<>(equalTo(about), "refused about", "about") {
            @Override
            protected String featureValueOf(Throwable thrown) {
                return thrown instanceof Refused refused ? refused.decision().about() : String.valueOf(thrown);
            }
        };
    }

    private static ProductProposed proposed(int version, String name) {
        var whole = Cast.product(P1, "A", name, ServiceType.TRAINING);
        return new ProductProposed(
                P1,
                "A",
                version,
                name,
                ServiceType.TRAINING,
                whole.description(),
                whole.priceFromFen(),
                whole.priceToFen(),
                whole.chargingBasis(),
                whole.documents());
    }
}
