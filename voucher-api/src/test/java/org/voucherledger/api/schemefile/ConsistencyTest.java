package org.voucherledger.api.schemefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.api.schemefile.SchemeFile.Examined;
import org.voucherledger.api.schemefile.SchemeFile.Format;

/** ALL-01: a scheme file that contradicts itself is not taken, and what it leaves open is said. */
class ConsistencyTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A consumption scheme, as far as the form goes. */
    private static final String CONSUMPTION =
            "/kind=\"CONSUMPTION\"; /granting=null; /waitingList=null; /ordering=null;"
                    + " /serviceTypes=null; /servicePeriod=null; /paying=null; /eligibility=null; /priorityTiers=[]; /tariff=null; /applying=null;"
                    + " /papers/required={\"CLAIM\":[\"CLAIM_FORM\"]}; /redemption/reviews=[\"RECONCILIATION\"];"
                    + " /redemption/noticeDays=0;"
                    + " /consumption={\"categories\":{\"DINING\":{\"mostPerHolder\":2,\"faces\":[{\"faceFen\":2000,\"thresholdFen\":2000}]}}}";

    private static final String CLOUD =
            "/kind=\"CLOUD\"; /redemption/claimant=\"ENTERPRISE\"; /granting=null; /waitingList=null; /ordering=null;"
                    + " /serviceTypes=null; /paying=null; /applying=null; /validity=null; /papers/required={\"APPLY\":[\"CONTRACT\"],\"CLAIM\":[\"CLAIM_FORM\"]};"
                    + " /cloud={\"catalogueYear\":2020,\"mostWaiting\":20,\"firstTierReserveBasisPoints\":1000}";

    static String resource(String name) {
        try (InputStream file = ConsistencyTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The Guangzhou file with other values: {@code /year=2021; /cities/0/region="珠三角"}. */
    private static String guangzhouWith(String changes) throws IOException {
        var root = (ObjectNode)
                YamlSource.read(resource("/schemes/guangzhou-2020.yaml")).root();
        String all = changes.replace("CONSUMPTION,", CONSUMPTION + ";").replace("CLOUD,", CLOUD + ";");
        for (String change : all.split(";")) {
            if (change.isBlank()) {
                continue;
            }
            String pointer = change.substring(0, change.indexOf('=')).strip();
            var value = JSON.readTree(change.substring(change.indexOf('=') + 1));
            int last = pointer.lastIndexOf('/');
            var parent = root.at(pointer.substring(0, last));
            String name = pointer.substring(last + 1);
            if (parent instanceof ArrayNode list && name.equals("-")) {
                list.add(value);
            } else if (parent instanceof ArrayNode list) {
                list.set(Integer.parseInt(name), value);
            } else {
                ((ObjectNode) parent).set(name, value);
            }
        }
        return root.toPrettyString();
    }

    private static Examined examined(String changes) throws IOException {
        return SchemeFile.examine(guangzhouWith(changes).getBytes(StandardCharsets.UTF_8), Format.JSON);
    }

    private static String row(String when, String rest) {
        return "{\"when\":{\"sizes\":[],\"regions\":[],\"tags\":[],\"applicationFrom\":null,\"applicationTo\":null"
                + when + "},\"shareBasisPoints\":5000,\"annualCapFen\":2000000,\"ceilingFen\":null" + rest + "}";
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        /cities/-={"name":"广州市","region":"珠三角"}                          | /cities/1
        /cities/-={"name":"佛山市","region":"珠三角"}                          |
        /priorityTiers/-=["MONITORED"]                                         | /priorityTiers/1
        /priorityTiers/-=["CLUSTER_PILOT"]                                     |
        /tariff/0/shareBasisPoints=10001                                       | /tariff/0/shareBasisPoints
        /tariff/0/shareBasisPoints=10000                                       |
        /tariff/0/shareBasisPoints=null                                        | /tariff/0/shareBasisPoints
        /tariff/0/annualCapFen=600000001                                       | /tariff/0/annualCapFen
        /tariff/0/annualCapFen=600000000                                       |
        /tariff/0/annualCapFen=null; /tariff/0/ceilingFen=600000001            | /tariff/0/ceilingFen
        /tariff/0/ceilingFen=2000001                                           | /tariff/0/ceilingFen
        /tariff/0/ceilingFen=2000000                                           |
        /tariff/0/when/regions=["粤北"]                                        | /tariff/0/when/regions
        /cities/0/region="粤北"; /tariff/0/when/regions=["粤北"]               |
        /tariff/0/when/applicationFrom=3; /tariff/0/when/applicationTo=2       | /tariff/0/when/applicationTo
        /tariff/0/when/applicationFrom=2; /tariff/0/when/applicationTo=2       |
        /tariff/0/when/sizes=["LARGE"]                                         | /tariff/0
        /tariff/0/when/sizes=["LARGE","MICRO"]                                 |
        /serviceTypes/TRAINING/sizes=["LARGE"]                                 | /serviceTypes/TRAINING/sizes
        /serviceTypes/TRAINING/sizes=["LARGE","SMALL"]                         |
        /servicePeriod/to="2019-11-30"                                         | /servicePeriod/to
        /servicePeriod/to="2019-12-01"                                         |
        /servicePeriod/to="2020-12-01"                                         | /servicePeriod/to
        /validity/until=null                                                   | /validity
        /validity/daysAfterPublication=60                                      | /validity
        /year=2021                                                             | /validity/until
        /redemption/until="2020-12-01T00:00:00+08:00"                          |
        /redemption/until="2020-11-30T23:59:59+08:00"                          | /redemption/until
        /redemption/from="2021-01-01T00:00:00+08:00"                           | /redemption/until
        /redemption/from="2020-12-31T23:59:59+08:00"                           |
        /redemption/opensDaysAfterPublication=3                                | /redemption
        /redemption/until=null; /redemption/closesDaysAfterValidity=0; /redemption/from="2020-12-01T00:00:00+08:00" | /redemption/closesDaysAfterValidity
        /redemption/until=null; /redemption/closesDaysAfterValidity=1; /redemption/from="2020-12-01T00:00:00+08:00" |
        /validity/until=null; /validity/daysAfterPublication=30; /redemption/from=null; /redemption/until=null; /redemption/opensDaysAfterPublication=40; /redemption/closesDaysAfterValidity=10 | /redemption/opensDaysAfterPublication
        /validity/until=null; /validity/daysAfterPublication=30; /redemption/from=null; /redemption/until=null; /redemption/opensDaysAfterPublication=39; /redemption/closesDaysAfterValidity=10 |
        /validity/until=null; /validity/daysAfterPublication=29                | /ordering/days
        /ordering/days=null                                                    | /ordering
        /ordering/until="2020-10-01T00:00:00+08:00"                            | /ordering
        /ordering/days=null; /ordering/until="2020-12-01T00:00:00+08:00"       |
        /ordering/days=null; /ordering/until="2020-01-01T00:00:00+08:00"       | /ordering/until
        /ordering/days=null; /ordering/until="2020-01-01T00:00:01+08:00"       |
        /waitingList={"backfill":true,"until":"2020-01-01T00:00:00+08:00"}     | /waitingList/until
        /waitingList={"backfill":true,"until":"2020-01-01T00:00:01+08:00"}     |
        CLOUD, /redemption/from="2019-06-01T00:00:00+08:00"; /redemption/until="2020-01-01T00:00:00+08:00" | /redemption/until
        CLOUD, /redemption/from="2019-06-01T00:00:00+08:00"; /redemption/until="2020-01-01T00:00:01+08:00" |
        /ordering/days=null; /ordering/until="2020-12-01T00:00:01+08:00"       | /ordering/until
        /servicePeriod/to="2020-10-31"; /ordering/days=null; /ordering/until="2020-11-01T00:00:01+08:00" | /ordering/until
        /servicePeriod/to="2020-10-31"; /ordering/days=null; /ordering/until="2020-11-01T00:00:00+08:00" |
        /waitingList/backfill=true                                             | /waitingList/until
        /waitingList/until="2020-09-01T00:00:00+08:00"                         | /waitingList/until
        /waitingList={"backfill":true,"until":"2020-12-01T00:00:00+08:00"}     |
        /waitingList={"backfill":true,"until":"2020-12-01T00:00:01+08:00"}     | /waitingList/until
        /ordering/days=null; /ordering/until="2020-10-01T00:00:00+08:00"; /waitingList={"backfill":true,"until":"2020-10-01T00:00:01+08:00"} | /waitingList/until
        /redemption/reviews=["FINAL","FIRST"]                                  | /redemption/reviews/1
        /redemption/reviews=["FIRST","FINAL","EXPERT"]                         | /redemption/reviews/2
        /redemption/reviews=["FIRST","EXPERT","FINAL"]                         |
        /redemption/reviews=["FIRST","RECONCILIATION"]; /redemption/noticeDays=0 | /redemption/reviews
        /redemption/reviews=["RECONCILIATION"]                                 | /redemption/noticeDays
        /redemption/reviews=["RECONCILIATION"]; /redemption/noticeDays=0       |
        /papers/required/APPLY=["CONTRACT"]                                    | /papers/required/APPLY
        /papers/required/SIGN=["CONTRACT"]                                     | /papers/required/SIGN
        /papers/mediaTypes=[]                                                  | /papers/mediaTypes
        CONSUMPTION,                                                           |
        CONSUMPTION, /tariff=[]                                                | /tariff
        CONSUMPTION, /applying={"mostParts":1,"stopAtBasisPointsOfBudget":null} | /applying
        CONSUMPTION, /eligibility={"sizes":["SMALL"],"industries":[],"legalPersonOnly":true,"verifiedEachYear":false,"minimumTrustLevel":0} | /eligibility
        CONSUMPTION, /priorityTiers=[["MONITORED"]]                            | /priorityTiers
        CONSUMPTION, /validity=null                                            | /validity
        CONSUMPTION, /consumption/categories/DINING/faces/0/thresholdFen=1999  | /consumption/categories/DINING/faces/0/thresholdFen
        CONSUMPTION, /consumption/categories/DINING/faces/-={"faceFen":2000,"thresholdFen":2000} | /consumption/categories/DINING/faces/1/faceFen
        CONSUMPTION, /consumption/categories/DINING/faces/-={"faceFen":2000,"thresholdFen":9000} | /consumption/categories/DINING/faces/1/faceFen
        CONSUMPTION, /consumption/categories/DINING/faces/-={"faceFen":2001,"thresholdFen":9000} |
        CONSUMPTION, /papers/required/CONTRACT=["CONTRACT"]                    | /papers/required/CONTRACT
        CLOUD,                                                                 |
        CLOUD, /tariff/0/shareBasisPoints=null                                 | /tariff/0/shareBasisPoints
        CLOUD, /eligibility=null                                               | /eligibility
        CLOUD, /tariff=null                                                    | /tariff
        CLOUD, /applying={"mostParts":1,"stopAtBasisPointsOfBudget":null}      | /applying
        CLOUD, /validity={"until":"2021-01-01T00:00:00+08:00","daysAfterPublication":null} | /validity
        CLOUD, /cloud/mostWaiting=0                                            | /cloud/mostWaiting
        CLOUD, /cloud/mostWaiting=1                                            |
        CLOUD, /cloud/mostWaiting=1000                                         |
        CLOUD, /cloud/mostWaiting=1001                                         | /cloud/mostWaiting
        /eligibility=null                                                      | /eligibility
        /tariff=null                                                           | /tariff
        /applying=null                                                         | /applying
        /validity=null                                                         | /validity
        CLOUD, /priorityTiers=[]                                               | /cloud/firstTierReserveBasisPoints
        CLOUD, /papers/required/PAYMENT=["INVOICE"]                            | /papers/required/PAYMENT
        CLOUD, /ordering={"days":30,"until":null,"rollover":false}             | /ordering
        """)
    @DisplayName(
            "ALL-01: each contradiction is a fault with line, path and reason in both languages; at its limit there is none")
    void contradictions(String changes, String path) throws IOException {
        List<Finding> faults = examined(changes).faults();

        if (path == null) {
            assertThat(faults).isEmpty();
            return;
        }
        assertThat(faults).extracting(Finding::path).containsOnly(path);
        List<String> lines = guangzhouWith(changes).lines().toList();
        assertThat(faults).allSatisfy(fault -> {
            assertThat(fault.reason()).isNotBlank();
            assertThat(fault.reasonZh()).as(fault.reason()).matches("(?s).*[\\u4e00-\\u9fff].*");
            String last = path.substring(path.lastIndexOf('/') + 1);
            if (!last.matches("\\d+")) {
                assertThat(lines.get(fault.line() - 1)).contains("\"" + last + "\"");
            }
        });
    }

    @Test
    @DisplayName("ALL-01: a row that nobody reaches is a fault, whichever rows stand in its way together")
    void unreachableRows() throws IOException {
        String shared = row(",\"sizes\":[\"MICRO\"]", "") + "," + row(",\"sizes\":[\"SMALL\",\"MEDIUM\"]", "");
        assertThat(examined("/tariff=[" + shared + "," + row("", "") + "]").faults())
                .extracting(Finding::path)
                .containsExactly("/tariff/2");
        assertThat(examined("/tariff=[" + row(",\"applicationTo\":2", "") + "," + row(",\"applicationFrom\":3", "")
                                + "," + row(",\"applicationFrom\":2,\"applicationTo\":9", "") + "]")
                        .faults())
                .extracting(Finding::path)
                .containsExactly("/tariff/2");
        assertThat(examined("/tariff=[" + row("", "") + "," + row(",\"tags\":[\"MONITORED\"]", "") + "]")
                        .faults())
                .extracting(Finding::path)
                .containsExactly("/tariff/1");
        assertThat(examined("/tariff=[" + row(",\"tags\":[\"MONITORED\"]", "") + ","
                                + row(",\"tags\":[\"MONITORED\",\"CLUSTER_PILOT\"]", "") + "," + row("", "") + "]")
                        .faults())
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
        /priorityTiers=[]                                                 | /priorityTiers               | order of applying
        /tariff/0/annualCapFen=null                                       | /tariff/0                    | neither cap nor ceiling
        /tariff/0/annualCapFen=0                                          | /tariff/0                    | gives nothing
        /tariff/0/when/sizes=["MICRO","SMALL"]                            | /tariff                      | size MEDIUM
        /tariff/0/when/applicationTo=3                                    | /tariff                      | from its application no. 4
        /tariff/0/when/applicationFrom=3                                  | /tariff                      | no. 1 to 2
        /providers/capFen=600000001                                       | /providers/capFen            | never bound
        /providers/capFen=0                                               | /providers                   | cap is 0
        /redemption/noticeDays=0                                          | /redemption/noticeDays       | nobody can object
        /redemption/until="2020-12-01T00:00:00+08:00"                     | /redemption/until            | ends with the validity
        /redemption/from=null; /redemption/opensDaysAfterPublication=10   | /redemption                  | counted ones
        /papers/required/PAYMENT=[]                                       | /papers/required             | PAYMENT
        /applying/stopAtBasisPointsOfBudget=9999                          | /applying/stopAtBasisPointsOfBudget | below 100%
        /tariff/0/shareBasisPoints=5001                                   | /tariff/0/shareBasisPoints   | owing
        """)
    @DisplayName("ALL-01: what a scheme leaves open is a remark in both languages, and stops nothing")
    void remarks(String changes, String path, String words) throws IOException {
        Examined examined = examined(changes);

        assertThat(examined.faults()).isEmpty();
        assertThat(examined.remarks())
                .filteredOn(remark -> remark.path().equals(path))
                .anySatisfy(remark -> {
                    assertThat(remark.reason()).contains(words);
                    assertThat(remark.reasonZh()).matches("(?s).*[\\u4e00-\\u9fff].*");
                });
    }

    @Test
    @DisplayName("the Guangzhou file has neither faults nor remarks")
    void guangzhou() throws IOException {
        Examined examined = examined("");
        assertThat(examined.faults()).isEmpty();
        assertThat(examined.remarks()).isEmpty();
    }

    @Test
    @DisplayName("the reasons are told in both languages, whatever language the machine speaks")
    void languageOfTheMachine() throws IOException {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(examined("/year=\"x\"").faults()).singleElement().satisfies(fault -> {
                assertThat(fault.reason()).contains("integer").doesNotContain("gefunden");
                assertThat(fault.reasonZh()).contains("integer").matches("(?s).*[\\u4e00-\\u9fff].*");
            });
        } finally {
            Locale.setDefault(before);
        }
    }
}
