package org.voucherledger.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the command has printed. */
public record Said(String text) {

    /** Runs it, which must go well. */
    public static Said by(String... arguments) {
        var said = new ByteArrayOutputStream();
        PrintStream console = System.out;
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        int status;
        try {
            status = Bench.run(arguments);
        } finally {
            System.setOut(console);
        }
        String text = said.toString(StandardCharsets.UTF_8);
        assertThat(status).as(text).isZero();
        return new Said(text);
    }

    /** The last line. */
    public JsonNode json() {
        List<String> lines = text.lines().toList();
        return JsonMapper.shared().readTree(lines.getLast());
    }
}
