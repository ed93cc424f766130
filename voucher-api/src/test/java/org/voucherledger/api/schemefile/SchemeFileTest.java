package org.voucherledger.api.schemefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.api.json.CanonicalJson;
import org.voucherledger.api.schemefile.SchemeFile.Format;
import org.voucherledger.domain.scenario.GuangdongCloudTerms;
import org.voucherledger.domain.scenario.GuangzhouTerms;

class SchemeFileTest {

    private static String guangzhou() {
        return resource("/schemes/guangzhou-2020.yaml");
    }

    private static String resource(String name) {
        try (InputStream file = SchemeFileTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SchemeFile yaml(String text) {
        return SchemeFile.read(text.getBytes(StandardCharsets.UTF_8), Format.YAML);
    }

    private static List<Finding> faultsOf(String text, Format format) {
        return catchThrowableOfType(
                        SchemeFileFaulty.class, () -> SchemeFile.read(text.getBytes(StandardCharsets.UTF_8), format))
                .faults();
    }

    /** The number of the line that begins like this, counted from one. */
    private static int lineOf(String text, String beginning) {
        List<String> lines = text.lines().toList();
        for (int line = 0; line < lines.size(); line++) {
            if (lines.get(line).startsWith(beginning)) {
                return line + 1;
            }
        }
        throw new IllegalArgumentException(beginning);
    }

    @Test
    @DisplayName("ALL-01: the Guangzhou file says what the rulebook says")
    void guangzhouIsTheRulebook() {
        SchemeFile file = yaml(guangzhou());

        assertThat(file.terms()).isEqualTo(GuangzhouTerms.asPublished());
        assertThat(file.sha256()).isEqualTo(CanonicalJson.sha256(guangzhou().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    @DisplayName("ALL-01: the Guangdong cloud file says what the rulebook says")
    void guangdongIsTheRulebook() {
        assertThat(yaml(resource("/schemes/guangdong-cloud-2020.yaml")).terms())
                .isEqualTo(GuangdongCloudTerms.asPublished());
    }

    @Test
    @DisplayName("CL-02, CL-06: a cloud scheme fixes its redemption, pays a share, and is claimed by the enterprise")
    void cloudAlone() {
        String file = resource("/schemes/guangdong-cloud-2020.yaml");
        assertThat(faultsOf(file.replace("shareBasisPoints: 7000", "shareBasisPoints: null"), Format.YAML))
                .isNotEmpty();
        assertThat(faultsOf(file.replace("claimant: ENTERPRISE", "claimant: PROVIDER"), Format.YAML))
                .isNotEmpty();
        assertThat(faultsOf(
                        file.replace("from: 2020-10-08T10:00:00+08:00", "from: null")
                                .replace("opensDaysAfterPublication: null", "opensDaysAfterPublication: 1"),
                        Format.YAML))
                .isNotEmpty();
        assertThat(faultsOf(
                        file.replace("applying: null", "applying: {mostParts: 1, stopAtBasisPointsOfBudget: null}"),
                        Format.YAML))
                .isNotEmpty();
        assertThat(faultsOf(
                        file.replace(
                                "validity: null",
                                "validity: {until: 2021-02-08T17:00:00+08:00, daysAfterPublication: null}"),
                        Format.YAML))
                .isNotEmpty();
    }

    @Test
    @DisplayName("the same scheme in JSON is the same scheme")
    void json() {
        String json = YamlSource.read(guangzhou()).root().toPrettyString();

        assertThat(SchemeFile.read(json.getBytes(StandardCharsets.UTF_8), Format.JSON)
                        .terms())
                .isEqualTo(GuangzhouTerms.asPublished());
    }

    @Test
    @DisplayName("the schema of scheme files is itself a valid schema")
    void schemaIsASchema() {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(resource(SchemeFile.SCHEMA), com.networknt.schema.InputFormat.JSON))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    year: 2020                  | year: twenty                      | /year                             | integer
                    year: 2020                  | yaer: 2020                        | /yaer                             | yaer
                    '  amountFen: 600000000'    | '  amountFen: 600000000.5'        | /fund/amountFen                   | integer
                    '  amountFen: 600000000'    | '  amountFen: 6e8'                | /fund/amountFen                   | integer
                    '  amountFen: 600000000'    | '  amountFen: 600_000_000'        | /fund/amountFen                   | integer
                    '  amountFen: 600000000'    | '  amountFen: -1'                 | /fund/amountFen                   | minimum
                    '  amountFen: 600000000'    | '  amountFen: 600000000.0'        | /fund/amountFen                   | whole
                    '  legalPersonOnly: true'   | '  legalPersonOnly: yes'          | /eligibility/legalPersonOnly      | boolean
                    '  sizes: [MEDIUM'          | '  sizes: [HUGE'                  | /eligibility/sizes/0              | enumeration
                    '  sizes: [MEDIUM'          | '  sizes: [SMALL'                 | /eligibility/sizes                | unique
                    '  from: 2019-12-01'        | '  from: 2019-13-01'              | /servicePeriod/from               | date
                    '  to: 2020-11-30'          | '  to: 2019-11-30'                | /servicePeriod/to                 | before
                    '  until: 2020-12-01T00:00:00+08:00' | '  until: 2020-12-01'     | /validity/until                   | pattern
                    '  until: 2020-12-01T00:00:00+08:00' | '  until: 2020-12-01T25:00:00+08:00' | /validity/until        | instant
                    '  backfill: false'         | '  backfill: true'                | /waitingList/until                | backfill
                    '  claimant: PROVIDER'      | '  claimant: PROVIDER\\n  claimant: PROVIDER' | /redemption/claimant | twice
                    """)
    @DisplayName("a fault is told with its line, its path and its reason")
    void faults(String right, String wrong, String path, String reason) {
        String text = guangzhou();
        assertThat(text).contains(right);
        String broken = text.replace(right, wrong.replace("\\n", "\n"));

        List<Finding> faults = faultsOf(broken, Format.YAML);

        assertThat(faults).anySatisfy(fault -> {
            assertThat(fault.path()).isEqualTo(path);
            assertThat(fault.reason()).contains(reason);
            String line = broken.lines().toList().get(fault.line() - 1);
            assertThat(line.substring(fault.column() - 1))
                    .startsWith(path.matches(".*\\d") ? "HUGE" : path.substring(path.lastIndexOf('/') + 1));
        });
    }

    @Test
    @DisplayName("all faults are told, in the order of the file")
    void allFaults() {
        String text = guangzhou()
                .replace("authority: 广州市工业和信息化局", "authority: 7")
                .replace("  days: 30", "  dais: 30")
                .replace("  noticeDays: 7", "  noticeDays: -7");

        List<Finding> faults = faultsOf(text, Format.YAML);

        assertThat(faults.stream().map(Finding::path))
                .containsExactly("/authority", "/ordering", "/ordering/dais", "/redemption/noticeDays");
        assertThat(faults.stream().map(Finding::line))
                .containsExactly(
                        lineOf(text, "authority:"),
                        lineOf(text, "ordering:"),
                        lineOf(text, "  dais:"),
                        lineOf(text, "  noticeDays:"));
    }

    @TestFactory
    @DisplayName("what is left out is missed: no number of a scheme has a value of its own")
    Stream<DynamicTest> nothingMayBeLeftOut() {
        var root = (com.fasterxml.jackson.databind.node.ObjectNode)
                YamlSource.read(guangzhou()).root();
        return root.propertyStream().flatMap(part -> {
            var paths = new java.util.ArrayList<String>();
            paths.add("/" + part.getKey());
            if (part.getValue().isObject()) {
                part.getValue()
                        .propertyStream()
                        .forEach(inner -> paths.add("/" + part.getKey() + "/" + inner.getKey()));
            }
            return paths.stream()
                    .filter(path -> !path.startsWith("/serviceTypes/"))
                    .map(path -> DynamicTest.dynamicTest(path, () -> {
                        var copy = root.deepCopy();
                        int last = path.lastIndexOf('/');
                        var parent = (com.fasterxml.jackson.databind.node.ObjectNode)
                                (last == 0 ? copy : copy.at(path.substring(0, last)));
                        parent.remove(path.substring(last + 1));
                        assertThat(faultsOf(copy.toString(), Format.JSON))
                                .anySatisfy(fault -> assertThat(fault.reason()).contains(path.substring(last + 1)));
                    }));
        });
    }

    @Test
    @DisplayName("what is no YAML is told with its place")
    void syntax() {
        assertThat(faultsOf("schemeId: GZ\n  title: x\n", Format.YAML))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.line()).isEqualTo(2);
                    assertThat(fault.reason()).startsWith("not YAML");
                });
        assertThat(faultsOf("a: [1, 2\nb: 3\n", Format.YAML))
                .singleElement()
                .satisfies(fault -> assertThat(fault.line()).isEqualTo(2));
        assertThat(faultsOf("", Format.YAML)).singleElement();
        assertThat(faultsOf("a: 1\n---\nb: 2\n", Format.YAML)).singleElement();
        assertThat(faultsOf("- 1\n", Format.YAML)).isNotEmpty();
    }

    @Test
    @DisplayName("what is no JSON is told with its place")
    void jsonSyntax() {
        assertThat(faultsOf("{\n  \"a\": 1,\n  \"b\" 2\n}", Format.JSON))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.line()).isEqualTo(3);
                    assertThat(fault.reason()).startsWith("not JSON");
                });
        assertThat(faultsOf("{\"a\":1,\n\"a\":2}", Format.JSON)).singleElement().satisfies(fault -> {
            assertThat(fault.line()).isEqualTo(2);
            assertThat(fault.column()).isEqualTo(1);
            assertThat(fault.path()).isEqualTo("/a");
        });
        assertThat(faultsOf("", Format.JSON)).singleElement();
        assertThat(faultsOf("{} {}", Format.JSON)).singleElement();
        assertThat(faultsOf("{\"a\":", Format.JSON)).singleElement();
        assertThat(faultsOf("[".repeat(100_000), Format.JSON)).singleElement();
    }

    @Test
    @DisplayName("nothing stands for something else: no anchors, no bombs, no depths")
    void noTricks() {
        assertThat(faultsOf("a: &x {b: 1}\nc: *x\n", Format.YAML))
                .singleElement()
                .satisfies(fault -> assertThat(fault.reason()).contains("aliases"));
        assertThat(faultsOf("a: &x [*x]\n", Format.YAML)).isNotEmpty();
        assertThat(faultsOf("[".repeat(10_000), Format.YAML)).singleElement();
        assertThat(faultsOf("? [a, b]\n: 1\n", Format.YAML)).singleElement();
        assertThat(faultsOf("a: !!javax.script.ScriptEngineManager [1]\n", Format.YAML))
                .isNotEmpty();
    }

    @Test
    @DisplayName("a tag stands in one tier")
    void oneTier() {
        String text = guangzhou().replace("    - KEY_BELOW_SCALE ", "  - - MONITORED #");

        assertThat(faultsOf(text, Format.YAML)).singleElement().satisfies(fault -> {
            assertThat(fault.path()).isEqualTo("/priorityTiers/1");
            assertThat(fault.line()).isEqualTo(lineOf(text, "  - - MONITORED"));
        });
    }

    @Test
    @DisplayName("the file is UTF-8")
    void utf8() {
        assertThatThrownBy(() -> SchemeFile.read(guangzhou().getBytes(StandardCharsets.UTF_16), Format.YAML))
                .isInstanceOf(SchemeFileFaulty.class)
                .hasMessageContaining("UTF-8");
    }
}
