package org.voucherledger.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Rule;

class SentenceTest {

    /** Facts that the domain's reference does not list, because they are decided before it is asked. */
    private static final Set<String> DECIDED_OUTSIDE = Set.of(
            "ActiveContent",
            "AlreadyRebuilding",
            "AlreadyVerifying",
            "ApplicationsNotEnded",
            "BooksViolated",
            "CheckpointUnknown",
            "CityUnknown",
            "ClaimNotOver",
            "ConcernsOthers",
            "DistrictUnknown",
            "DocumentDamaged",
            "DocumentDiffers",
            "DecisionUnknown",
            "DocumentEmpty",
            "DocumentEncrypted",
            "DocumentErased",
            "DocumentNotUploaded",
            "DocumentUnknown",
            "ImportUnknown",
            "LeafUnknown",
            "MomentAhead",
            "NoWorkingDays",
            "NotOpenedByThen",
            "NotSealedYet",
            "NotTheParty",
            "PartyNotNamed",
            "PersonalDatumErased",
            "PersonalDatumUnknown",
            "PositionAhead",
            "ProductUnknown",
            "ProjectionUnknown",
            "RoleNotAllowed",
            "StreamUnknown",
            "TileUnknown",
            "TwoFormatsInOne",
            "TypeNotAsDeclared",
            "VersionUnknown");

    @Test
    @DisplayName("every fact that a refusal can be about has words in both languages, and no words are left over")
    void everyFactHasWords() throws IOException {
        Set<String> facts = new TreeSet<>(DECIDED_OUTSIDE);
        Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../docs/reference/refusals.md")))
                .results()
                .forEach(found -> facts.add(found.group(1)));

        assertThat(facts).hasSizeGreaterThan(100);
        assertThat(Facts.names()).containsExactlyInAnyOrderElementsOf(facts);
        assertThat(facts).allSatisfy(fact -> {
            assertThat(Facts.words(fact).chinese()).matches(".*\\p{IsHan}.*");
            assertThat(Facts.words(fact).english()).matches("[ -~]+");
        });
    }

    @Test
    @DisplayName("words and states are told in Chinese to those who read Chinese")
    void states() {
        var sentence = Sentence.of(
                Rule.GZ_28.holds(Check.STATE, "VoucherStatus", false, "[PAID, ACCEPTED]", "ISSUED", "accept"));

        assertThat(sentence.chinese())
                .isEqualTo("GZ-28 服务机构核对后收取服务券或退回（五(三)3; GZ-P(五)）：服务券当前状态不允许此操作。要求：已支付、已收券；实际：已发放；申请：accept。");
        assertThat(sentence.english())
                .isEqualTo(
                        "GZ-28 The provider compares and accepts, or sends back (五(三)3; GZ-P(五)): not in this state of"
                                + " the voucher; required: [PAID, ACCEPTED]; found: ISSUED; asked: accept.");
    }

    @Test
    @DisplayName("amounts are told in yuan")
    void amounts() {
        assertThat(Sentence.of(Rule.GZ_15.holds(
                                Check.AMOUNTS, "FundBelowMinimum", false, 600_000_000L, 0L, 599_999_999L))
                        .english())
                .contains("limit ¥6,000,000.00, used ¥0.00, asked ¥5,999,999.99");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a list of 1 to 20 entries                | 须为 1 至 20 项的列表
                    must be one of [SMALL, MICRO]            | 须为其中之一：[SMALL, MICRO]
                    must be left out or be the same as in the path: a*b | 须省略或与路径一致：a*b
                    is in the future: the log ends at position 12 | 尚未到来：账本目前止于位置 12
                    is in the future: it is now 2020-05-01T00:00:00Z | 尚未到来：现在是 2020-05-01T00:00:00Z
                    must be a position of the log or an instant with its offset, e.g. x | 须为账本位置，或带时区的时刻，例如 x
                    must not be later than to                | 不得晚于 to
                    something new                            | something new
                    """)
    @DisplayName("what is wrong with a field is told in Chinese")
    void fields(String english, String chinese) {
        assertThat(FieldWords.inChinese(english)).isEqualTo(chinese);
    }

    @Test
    @DisplayName("whatever the domain says of a field has a Chinese")
    void everyFieldSentence() throws IOException {
        Set<String> said = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("../voucher-domain/src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                Pattern.compile("new Malformed\\(\\s*[^,]+,\\s*((?:\"[^\"]*\"|[\\w.]+|\\s\\+\\s|\\s)+)\\)")
                        .matcher(Files.readString(source))
                        .results()
                        .map(found -> found.group(1))
                        .map(expression -> expression
                                .replaceAll("\"\\s*\\+\\s*[\\w.]+\\s*\\+\\s*\"", "1")
                                .replaceAll("\\s*\\+\\s*[\\w.]+$", "1\"")
                                .replace("\"", ""))
                        .forEach(said::add);
            }
        }
        assertThat(said)
                .hasSizeGreaterThan(15)
                .allSatisfy(sentence ->
                        assertThat(FieldWords.knows(sentence)).as(sentence).isTrue());
    }

    @Test
    @DisplayName("a fact without words is told by its figures")
    void unknownFact() {
        assertThat(Sentence.of(Rule.GZ_31.holds(Check.STATE, "Unheard", false, "x", "y", "y"))
                        .english())
                .isEqualTo("GZ-31 The holder may return what is not yet due (五(三)4): required: x; found: y.");
    }
}
