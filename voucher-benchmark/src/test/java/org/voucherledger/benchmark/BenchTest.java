package org.voucherledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Every benchmark runs, at a size at which its figures mean nothing, and ends with its ratios by name. */
class BenchTest {

    private static final Path PAGE = Path.of("../docs/explanation/performance.md");

    // spotless:off — one line a benchmark
    @DisplayName("a benchmark ends with one object that holds its name and its ratios, and draws its charts into the page")
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', value = {
        "hot | --applications 60 --seconds 1 | hotVsPgbench1 hotVsPgbench32 hotVsPlainAxon hotVsPlainJpa | hot",
        "spread | --batches 40 --seconds 1 | spreadVsPgbench32 spreadVsPlainAxon | spread",
        "mixed | --enterprises 30 --seconds 1 | mixedVsPgbench32 mixedVsPlainJpa | mixed mixed-steps",
        "fair | --applications 60 | othersVsRush | fair",
        "http | --applications 30 --easy 10 --load 100 --connections 16 | httpVsDomain bulkHttpVsDomain httpVsPlainJpa atOnceP99VsPlainJpa rushP99VsPlainJpa easyP99VsPlainJpa | http http-rush http-load http-easy",
        "sealing | --applications 60 | sealingOnVsOff | sealing"
    })
    // spotless:on
    void runs(String name, String sizes, String ratios, String charts, @TempDir Path scratch) throws Exception {
        Path docs = Files.createDirectory(scratch.resolve("docs"));
        Path page = Files.copy(PAGE, docs.resolve("performance.md"));
        List<String> arguments = new ArrayList<>(List.of(name));
        arguments.addAll(List.of(sizes.split(" ")));
        arguments.addAll(List.of("--quick", "--rounds", "1", "--warm-ups", "0", "--json"));
        arguments.addAll(List.of("--scratch", scratch.toString(), "--charts", docs.toString()));

        Said said = Said.by(arguments.toArray(String[]::new));

        assertThat(said.text()).contains("fsync on", "synchronous_commit on", "full_page_writes on");
        JsonNode json = said.json();
        assertThat(json.get("benchmark").asString()).isEqualTo(name);
        List<String> named = new ArrayList<>(json.propertyNames());
        assertThat(named).containsExactlyElementsOf(expected(ratios));
        Arrays.stream(ratios.split(" "))
                .forEach(ratio ->
                        assertThat(json.get(ratio).asDouble()).as(ratio).isPositive());
        for (String chart : charts.split(" ")) {
            Path svg = docs.resolve("performance").resolve(chart + ".svg");
            var read = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(svg.toFile());
            assertThat(read.getElementsByTagName("rect").getLength()).isGreaterThan(2);
            assertThat(Files.readString(page)).contains("](performance/" + chart + ".svg)");
        }
    }

    private static List<String> expected(String ratios) {
        List<String> names = new ArrayList<>(List.of("benchmark"));
        names.addAll(List.of(ratios.split(" ")));
        return names;
    }

    @Test
    @DisplayName("fewer than five rounds are a quick run, and are turned away where none is asked for")
    void fewRounds() {
        assertThat(Bench.run("hot", "--rounds", "4")).isEqualTo(2);
        assertThat(Bench.run("hot", "--rounds", "0", "--quick")).isEqualTo(2);
    }

    @Test
    @DisplayName("a benchmark of no such name is turned away")
    void unknown() {
        assertThat(Bench.run("cold")).isEqualTo(2);
    }
}
