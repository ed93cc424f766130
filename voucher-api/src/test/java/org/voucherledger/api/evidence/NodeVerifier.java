package org.voucherledger.api.evidence;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.voucherledger.projections.sealedlog.NoteKey;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The independent verifier: asked of many files in one process, or run as a stranger runs it. */
public final class NodeVerifier implements AutoCloseable {

    /** How a program ended, and what it said. */
    public record Ended(int status, String output) {}

    private static final Path PROGRAM =
            Path.of("../docs/reference/verify-evidence.mjs").toAbsolutePath().normalize();
    private static final String NODE_IS_NEEDED =
            "Node did not run: this test needs Node 20 or newer, as `node` on the path. ";
    private static final String ASK_OF_MANY = """
            import { createInterface } from 'node:readline';
            import { check, keyOf } from '%s';
            for await (const line of createInterface({ input: process.stdin })) {
              const asked = JSON.parse(line);
              const { failures, counts } = check(asked.file, keyOf(asked.key), asked.witnesses.map(keyOf), asked.evidence);
              console.log(JSON.stringify({ failed: [...failures.keys()], ...counts }));
            }
            """;

    private final Process node;
    private final BufferedWriter asking;
    private final BufferedReader answers;

    NodeVerifier() {
        node = start(List.of("node", "--input-type=module", "-e", ASK_OF_MANY.formatted(PROGRAM.toUri())));
        asking = new BufferedWriter(new OutputStreamWriter(node.getOutputStream(), StandardCharsets.UTF_8));
        answers = new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The checks that failed, by their words, in the alphabet's order. */
    TreeSet<String> failed(Path bundle, NoteKey key, List<NoteKey> witnesses) {
        return failed(bundle, key, witnesses, "");
    }

    /** Of a certificate, held against the evidence of the whole ledger. */
    TreeSet<String> failed(Path certificate, NoteKey key, Path evidence) {
        return failed(certificate, key, List.of(), evidence.toString());
    }

    private TreeSet<String> failed(Path file, NoteKey key, List<NoteKey> witnesses, String evidence) {
        var failed = new TreeSet<String>();
        for (JsonNode check : ask(file, key, witnesses, evidence).get("failed")) {
            failed.add(check.asString());
        }
        return failed;
    }

    private JsonNode ask(Path file, NoteKey key, List<NoteKey> witnesses, String evidence) {
        try {
            asking.write(JsonMapper.shared()
                    .writeValueAsString(Map.of(
                            "file", file.toString(),
                            "key", key.text(),
                            "witnesses", witnesses.stream().map(NoteKey::text).toList(),
                            "evidence", evidence)));
            asking.newLine();
            asking.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new AssertionError(
                        "The independent verifier broke down over " + file + "; see its output above.");
            }
            return JsonMapper.shared().readTree(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(NODE_IS_NEEDED, e);
        }
    }

    /** Runs it with these words on its command line. */
    public static Ended run(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("node", PROGRAM.toString()));
        command.addAll(List.of(words));
        Process program = start(command);
        String output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(program.waitFor(), output);
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new AssertionError(NODE_IS_NEEDED + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        asking.close();
        answers.close();
        node.destroy();
    }
}
