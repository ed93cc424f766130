package org.voucherledger.api.rulecoverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemeSpecificLinesTest {

    private static final String SCHEME = """
            schemeId: QL-2021
            title:
              zh: 2021年青岚市服务券
              en: Qinglan service vouchers, 2021
            authority: 青岚市工业和信息化局
            cities:
              - {name: 碧水市, region: 岚东}
            fund:
              amountFen: 123456789
              minimumFen: 12345
            """;

    @TempDir
    private Path repository;

    @Test
    @DisplayName("ALL-01: no line of the program is about one scheme, its cities or its figures")
    void none() {
        assertThat(SchemeSpecificLines.of(Path.of(".."))).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            the scheme       | if (schemeId.equals("QL-2021")) {                | QL-2021
            the title        | String title = "2021年青岚市服务券";              | 2021年青岚市服务券
            the authority    | case "青岚市工业和信息化局" -> 1;                   | 青岚
            the place        | if (city.startsWith("青岚")) {                   | 青岚
            the place        | class QinglanRules {                            | Qinglan
            a city           | cities.contains("碧水市")                         | 碧水
            a region         | region.equals("岚东")                             | 岚东
            a figure         | long capFen = 123_456_789;                        | 123456789
            after a comment  | /* why */ String url = "http://qinglan"; // why | qinglan
            """)
    void finds(String what, String line, String word) throws IOException {
        write("voucher-api/src/main/resources/schemes/qinglan-2021.yaml", SCHEME);
        write("voucher-domain/src/main/java/A.java", "/** 青岚\n * QL-2021 */\nclass A {\n" + line + "\n}\n");
        assertThat(SchemeSpecificLines.of(repository))
                .containsExactly(new SchemeSpecificLines.Line("voucher-domain/src/main/java/A.java", 4, word));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            a comment                  | // 青岚 has a fund of 123456789 fen
            a short figure             | long fen = 12345;
            a part of a longer figure  | long fen = 1234567890;
            a figure of something else | long mostBytes = 123456789;
            the kind                   | String kind = "service";
            another city               | String city = "佛山市";
            """)
    void passes(String what, String line) throws IOException {
        write("voucher-api/src/main/resources/schemes/qinglan-2021.yaml", SCHEME);
        write("voucher-domain/src/main/java/A.java", line + "\n");
        write("voucher-api/src/main/java/org/season/City.java", "String name = \"青岚市\";\n");
        write("voucher-projections/src/main/resources/a.sql", "select 1; -- 青岚市\n");
        assertThat(SchemeSpecificLines.of(repository)).isEmpty();
    }

    @Test
    @DisplayName("without scheme files nothing can be said")
    void noSchemes() {
        assertThatThrownBy(() -> SchemeSpecificLines.of(repository)).hasMessageContaining("no scheme files");
    }

    private void write(String file, String text) throws IOException {
        Path path = repository.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
