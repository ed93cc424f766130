package org.voucherledger.api.schemefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.api.schemefile.SchemeFile.Format;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.scheme.SchemeTerms.Face;
import org.voucherledger.domain.scheme.SchemeTerms.Kind;

/** The example of a consumption scheme is one that can be published (CV-01, ALL-01). */
class ConsumptionSchemeTest {

    private static String example() {
        try (InputStream file = ConsumptionSchemeTest.class.getResourceAsStream("/schemes/consumption-example.yaml")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SchemeFile read(String text) {
        return SchemeFile.read(text.getBytes(StandardCharsets.UTF_8), Format.YAML);
    }

    @Test
    @DisplayName("CV-01: the example is read, with its categories, faces, thresholds and numbers")
    void example_is_read() {
        var terms = read(example()).terms();
        assertThat(terms.kind()).isEqualTo(Kind.CONSUMPTION);
        assertThat(terms.redemption().reviews()).containsExactly(ReviewStage.RECONCILIATION);
        var catering = terms.consumption().categories().get("CATERING");
        assertThat(catering.mostPerHolder()).isEqualTo(3);
        assertThat(catering.faces())
                .isEqualTo(List.of(new Face(2_000, 10_000), new Face(5_000, 20_000), new Face(10_000, 40_000)));
        assertThat(terms.consumption().categories().keySet())
                .containsExactlyInAnyOrder("CATERING", "RETAIL", "CULTURE", "APPLIANCES");
        assertThat(terms.consumption().categories().values())
                .allSatisfy(category -> assertThat(category.faces())
                        .allSatisfy(face -> assertThat(face.thresholdFen()).isGreaterThanOrEqualTo(face.faceFen())));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    claimant: PROVIDER          | claimant: ENTERPRISE
                    reviews: [RECONCILIATION]   | reviews: [FIRST, FINAL]
                    mostPerHolder: 3            | mostPerHolder: 0
                    cloud: null                 | cloud: {catalogueYear: 2022, firstTierReserveBasisPoints: null}
                    granting: null              | granting: {whenItNoLongerFits: STOP, resultsDueWorkingDays: 1}
                    """)
    @DisplayName("CV-01: what no consumption scheme can mean is refused")
    void refused(String said, String instead) {
        assertThat(example()).contains(said);
        assertThatThrownBy(() -> read(example().replace(said, instead))).isInstanceOf(SchemeFileFaulty.class);
    }
}
