package org.voucherledger.domain.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.rule.Rule.ALL_01;
import static org.voucherledger.domain.rule.Rule.GZ_01;
import static org.voucherledger.domain.rule.Rule.GZ_05;
import static org.voucherledger.domain.rule.Rule.GZ_11;
import static org.voucherledger.domain.scenario.GuangzhouTerms.SCHEME;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.batch.BatchCommand.OpenBatch;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;
import org.voucherledger.domain.scheme.SchemeTerms.When;

/** A programme of several cities: each batch is of one of them. */
class CitiesTest {

    private City programme;

    @BeforeEach
    void begin() {
        programme = new City(GuangzhouTerms.with(
                d -> d.with("cities", List.of(new SchemeTerms.City("广州市", "珠三角"), new SchemeTerms.City("韶关市", "粤北"))),
                d -> d.tariff(
                        new Tariff(new When(Set.of(), Set.of("粤北"), Set.of(), null, null), 8_000, 300_000L, null),
                        new Tariff(new When(Set.of(), Set.of("珠三角"), Set.of(), null, null), 7_000, 200_000L, null))));
        opens("GZ", "广州市");
        programme.wasAccepted();
        opens("SG", "韶关市");
        programme.wasAccepted();
        registers("E1", "广州市");
        registers("E2", "韶关市");
    }

    @AfterEach
    void end() {
        programme.booksBalance().close();
    }

    private void opens(String batch, String city) {
        programme.sends(new OpenBatch(
                batch,
                SCHEME,
                city,
                yuan(10_000),
                programme.now(),
                programme.now().plusSeconds(3_600),
                null,
                null,
                null,
                "notice-" + batch));
    }

    private void registers(String name, String city) {
        Declaration d = Cast.declaration(name);
        programme
                .registers(
                        name,
                        new Declaration(
                                d.name(),
                                city,
                                d.district(),
                                d.industry(),
                                d.employees(),
                                d.revenueWan(),
                                d.assetsWan(),
                                d.declaredSize(),
                                d.legalPerson(),
                                d.establishedOn(),
                                d.handlerRef(),
                                d.trustLevel()))
                .verifies(name);
    }

    @DisplayName("ALL-01: a batch is of a city of the programme; with several it must say which")
    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "佛山市"})
    void otherCities(String city) {
        opens("X", city);
        programme.wasRefusedBy(ALL_01).about("CityNotOfTheScheme");
    }

    @Test
    @DisplayName("GZ-01: the applicant is of the batch's own city")
    void ownCity() {
        programme.applies("E2", "GZ", 1).wasRefusedBy(GZ_01).about("OtherCity");
        programme.applies("E1", "SG", 1).wasRefusedBy(GZ_01).about("OtherCity");
        programme.applies("E1", "GZ", 1).wasAccepted();
        programme.applies("E2", "SG", 1).wasAccepted();
    }

    @Test
    @DisplayName("GZ-11: the region of the batch's city picks the row of the tariff, to the last fen")
    void regionOfTheBatch() {
        programme.applies("E1", "GZ", 200_001).wasRefusedBy(GZ_11).limit(200_000);
        programme.applies("E2", "SG", 300_001).wasRefusedBy(GZ_11).limit(300_000);
        programme.applies("E1", "GZ", 200_000).wasAccepted();
        programme.applies("E2", "SG", 300_000).wasAccepted();
        programme
                .at(programme.now().plusSeconds(3_600))
                .grantsAndPublishes("GZ")
                .grantsAndPublishes("SG");
        assertThat(programme.state("GZ-A1-V1").issue().shareBasisPoints()).isEqualTo(7_000);
        assertThat(programme.state("SG-A1-V1").issue().shareBasisPoints()).isEqualTo(8_000);
    }

    @Test
    @DisplayName("GZ-05: a city platform takes vouchers of its own city only, a provincial one of every city")
    void providers() {
        Set<ServiceType> types = Set.of(ServiceType.INFORMATION);
        LocalDate always = LocalDate.of(2020, 12, 31);
        programme.registers(Cast.recognition("P1", RecognitionLevel.CITY, "韶关市", types, always));
        programme.registers(Cast.recognition("P2", RecognitionLevel.PROVINCIAL, "广州市", types, always));
        programme.applies("E1", "GZ", 100).wasAccepted();
        programme.applies("E2", "SG", 100, 100).wasAccepted();
        programme
                .at(programme.now().plusSeconds(3_600))
                .grantsAndPublishes("GZ")
                .grantsAndPublishes("SG");
        programme.orders("GZ-A1-V1").from("P1").using(1);
        programme.wasRefusedBy(GZ_05);
        programme.orders("SG-A1-V1").from("P1").using(1).wasAccepted();
        programme.orders("SG-A1-V2").from("P2").using(1).wasAccepted();
        programme.orders("GZ-A1-V1").from("P2").using(1).wasAccepted();
    }
}
