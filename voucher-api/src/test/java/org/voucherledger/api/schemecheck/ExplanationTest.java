package org.voucherledger.api.schemecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.api.json.StrictJson;
import org.voucherledger.api.schemefile.Words;
import org.voucherledger.domain.party.Industry;
import org.voucherledger.domain.party.PriorityTag;
import org.voucherledger.domain.party.RecognitionLevel;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.party.SupplierClass;
import org.voucherledger.domain.redemption.ReviewStage;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scheme.SchemeTerms;
import org.voucherledger.domain.scheme.SchemeTerms.Category;
import org.voucherledger.domain.scheme.SchemeTerms.Cloud;
import org.voucherledger.domain.scheme.SchemeTerms.Consumption;
import org.voucherledger.domain.scheme.SchemeTerms.Face;
import org.voucherledger.domain.scheme.SchemeTerms.Tariff;
import org.voucherledger.domain.scheme.SchemeTerms.When;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** ALL-01: a scheme is explained in words, all of it. */
class ExplanationTest {

    /** A scheme that uses every part of the form, whatever kind would have it. */
    private static SchemeTerms everyPart() {
        return GuangzhouTerms.with(
                d -> d.with("cities", List.of(new SchemeTerms.City("广州市", "珠三角"), new SchemeTerms.City("韶关市", "粤北"))),
                d -> d.tiers(List.of(
                        Set.of(PriorityTag.NATIONAL_SPECIALISED),
                        Set.of(PriorityTag.MONITORED, PriorityTag.CLUSTER_PILOT))),
                d -> d.tariff(
                        new Tariff(
                                new When(Set.of(Size.MICRO), Set.of("粤北"), Set.of(PriorityTag.MONITORED), 1, 2),
                                8_000,
                                300_000L,
                                100_001L),
                        new Tariff(When.ALWAYS, 5_050, null, null)),
                d -> d.stopsAt(15_000),
                d -> d.backfillUntil(GuangzhouTerms.shanghai("2020-07-01T00:00")),
                d -> d.with(
                        "providers",
                        new SchemeTerms.Providers(
                                1_000_000,
                                500,
                                Set.of(RecognitionLevel.NATIONAL),
                                Map.of(SupplierClass.TELECOM_OPERATOR, 2_000_000L))),
                d -> d.with("cloud", new Cloud(2020, 20, 1_000)),
                d -> d.with(
                        "consumption",
                        new Consumption(Map.of("DINING", new Category(3, List.of(new Face(2_000, 10_000)))))));
    }

    private static SchemeTerms counted() {
        return GuangzhouTerms.with(
                d -> d.countsFromPublication(60, 10, 30),
                d -> d.ordersUntil(GuangzhouTerms.shanghai("2020-10-01T00:00")));
    }

    @TestFactory
    @DisplayName(
            "ALL-01: whatever value of a scheme is changed, the explanation and the comparison say so in both languages")
    Stream<DynamicTest> everyValueIsSaid() {
        return Stream.of(everyPart(), counted()).flatMap(terms -> {
            JsonNode json = StrictJson.MAPPER.valueToTree(terms);
            var pointers = new ArrayList<String>();
            leaves(json, "", pointers);
            assertThat(pointers).hasSizeGreaterThan(50);
            return pointers.stream()
                    .map(pointer -> DynamicTest.dynamicTest(pointer, () -> {
                        SchemeTerms other = StrictJson.value(changed(json.deepCopy(), pointer), SchemeTerms.class);
                        assertThat(other).isNotEqualTo(terms);
                        List<Difference> differences = Difference.between(terms, other);
                        assertThat(differences).isNotEmpty().allSatisfy(difference -> {
                            assertThat(pointer)
                                    .startsWith(
                                            difference.path().split("/")[1].isEmpty()
                                                    ? ""
                                                    : "/" + difference.path().split("/")[1]);
                            if (difference.before() != null && difference.after() != null) {
                                assertThat(difference.before().zh())
                                        .isNotEqualTo(difference.after().zh());
                                assertThat(difference.before().en())
                                        .isNotEqualTo(difference.after().en());
                            }
                        });
                    }));
        });
    }

    private static void leaves(JsonNode node, String pointer, List<String> found) {
        if (node.isObject()) {
            node.properties().forEach(member -> leaves(member.getValue(), pointer + "/" + member.getKey(), found));
        } else if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
            for (int i = 0; i < node.size(); i++) {
                leaves(node.get(i), pointer + "/" + i, found);
            }
        } else if (!node.isNull()) {
            found.add(pointer);
        }
    }

    /** Another value of the same form at this place. */
    private static JsonNode changed(JsonNode root, String pointer) {
        int last = pointer.lastIndexOf('/');
        var parent = (ObjectNode) root.at(pointer.substring(0, last));
        String name = pointer.substring(last + 1);
        JsonNode value = parent.get(name);
        if (value.isBoolean()) {
            parent.put(name, !value.booleanValue());
        } else if (value.isIntegralNumber()) {
            parent.put(name, value.longValue() + 1);
        } else if (value instanceof ArrayNode list) {
            // One entry less, or none at all, is another list.
            if (list.isEmpty()) {
                parent.set(name, StrictJson.MAPPER.readTree(entryOf(name)));
            } else {
                list.remove(list.size() - 1);
            }
        } else {
            parent.put(name, otherText(value.stringValue(), name));
        }
        return root;
    }

    private static String entryOf(String list) {
        return switch (list) {
            case "sizes" -> "[\"MICRO\"]";
            case "regions" -> "[\"粤北\"]";
            case "tags" -> "[\"MONITORED\"]";
            case "levelsOfAnyCity" -> "[\"CITY\"]";
            default -> throw new IllegalArgumentException(list);
        };
    }

    private static String otherText(String text, String name) {
        if (text.matches("\\d{4}-\\d{2}-\\d{2}T.*")) {
            return java.time.Instant.parse(text).plusMillis(1).toString();
        }
        if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
            return java.time.LocalDate.parse(text).plusDays(1).toString();
        }
        return switch (name) {
            case "kind" -> "CLOUD";
            case "whenItNoLongerFits" -> text.equals("STOP") ? "PARTIAL" : "STOP";
            case "claimant" -> text.equals("PROVIDER") ? "ENTERPRISE" : "PROVIDER";
            case "quota" -> text.equals("FREE") ? "KEEP" : "FREE";
            case "money" -> text.equals("BACK") ? "LAPSED" : "BACK";
            default -> text + "x";
        };
    }

    @Test
    @DisplayName("every constant that a file may name has words in both languages")
    void everyConstantHasWords() {
        Stream.<Enum<?>[]>of(
                        Size.values(),
                        Industry.values(),
                        PriorityTag.values(),
                        RecognitionLevel.values(),
                        ServiceType.values(),
                        SupplierClass.values(),
                        ReviewStage.values())
                .flatMap(Arrays::stream)
                .forEach(constant -> {
                    assertThat(Plain.knows(constant)).as("%s", constant).isTrue();
                    Words words = Plain.name(constant);
                    assertThat(words.zh()).matches("(?s).*[\\u4e00-\\u9fff].*");
                    assertThat(words.en()).matches("[ -~]+");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Every enterprise: the voucher pays at most 50% of what is settled; at most 20,000 yuan a calendar year, no ceiling for one application.",
                "所有企业：券最多支付结算金额的 50%；每年最多 20,000 元，单次不设上限。",
                "Vouchers are valid before 2020-12-01 00:00 Beijing time.",
                "券的有效期至 北京时间 2020-12-01 00:00（不含）。",
                "The fund is 6,000,000 yuan; with less than 6,000,000 yuan it is not published.",
                "entrepreneurship: for enterprises of size small, micro, before its anniversary no. 3."
            })
    @DisplayName("the figures are yuan, percent and Beijing time")
    void figures(String sentence) {
        assertThat(Explanation.of(GuangzhouTerms.asPublished()))
                .extracting(s -> sentence.matches("(?s).*[\\u4e00-\\u9fff].*")
                        ? s.words().zh()
                        : s.words().en())
                .contains(sentence);
    }

    @Test
    @DisplayName("no part is told of which the scheme's kind has none, and no sentence holds a stray null")
    void onlyWhatThereIs() {
        for (SchemeTerms terms : List.of(GuangzhouTerms.asPublished(), everyPart(), counted())) {
            assertThat(Explanation.of(terms)).allSatisfy(sentence -> {
                assertThat(sentence.words().zh()).doesNotContain("null");
                assertThat(sentence.words().en()).doesNotContain("null");
            });
        }
        assertThat(Explanation.of(GuangzhouTerms.asPublished()))
                .extracting(Sentence::path)
                .doesNotHaveDuplicates()
                .noneMatch(path -> path.startsWith("/cloud") || path.startsWith("/consumption"));
    }

    @Test
    @DisplayName("a version that says the same differs in nothing; a row more and a row less are told as such")
    void rows() {
        assertThat(Difference.between(everyPart(), everyPart())).isEmpty();
        var one = GuangzhouTerms.asPublished();
        var two = GuangzhouTerms.with(d ->
                d.tariff(new Tariff(When.ALWAYS, 5_000, 2_000_000L, null), new Tariff(When.ALWAYS, 1, null, null)));
        assertThat(Difference.between(one, two)).singleElement().satisfies(difference -> {
            assertThat(difference.path()).isEqualTo("/tariff/1");
            assertThat(difference.before()).isNull();
        });
        assertThat(Difference.between(two, one))
                .singleElement()
                .satisfies(difference -> assertThat(difference.after()).isNull());
    }
}
