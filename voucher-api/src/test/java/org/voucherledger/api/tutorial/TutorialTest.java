package org.voucherledger.api.tutorial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.voucherledger.api.commandline.LocalLedger;

/** A document claims only what a test shows: the tutorial's commands are run as they stand there. */
class TutorialTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Path PAGE = REPOSITORY.resolve("docs/tutorial/your-first-voucher.md");

    @Test
    @DisplayName("The tutorial leads from an empty ledger to a paid voucher and balanced books")
    void tutorial(@TempDir Path scratch) throws Exception {
        Path data = scratch.resolve("data");
        var settings = Map.of(
                "ledger.data", data.toString(),
                "ledger.rehearsal", "2020-03-30T01:00:00Z",
                "server.port", "0",
                "server.address", "127.0.0.1");
        String printed;
        try (LocalLedger ledger = LocalLedger.start(settings)) {
            printed = run(scratch, data, ledger);
        }
        assertThat(printed)
                .contains("GZ-11")
                .contains("VoucherIssued", "VoucherOrdered", "ContractUploaded", "VoucherPaid", "VoucherAccepted")
                .contains("\"balanced\":true");
    }

    private static String run(Path scratch, Path data, LocalLedger ledger) throws IOException, InterruptedException {
        Files.createSymbolicLink(scratch.resolve("voucher-api"), REPOSITORY.resolve("voucher-api"));
        Path voucher = scratch.resolve("voucher");
        Files.writeString(
                voucher,
                "#!/usr/bin/env bash\nexec '"
                        + ProcessHandle.current().info().command().orElseThrow()
                        + "' -cp '" + ManagementFactory.getRuntimeMXBean().getClassPath()
                        + "' org.voucherledger.api.VoucherLedger \"$@\"\n");
        assertThat(voucher.toFile().setExecutable(true)).isTrue();
        Path script = scratch.resolve("tutorial.sh");
        Files.writeString(script, "set -euo pipefail\n" + commands());

        var shell = new ProcessBuilder("bash", script.toString())
                .directory(scratch.toFile())
                .redirectErrorStream(true);
        shell.environment().put("LEDGER", ledger.url().toString());
        shell.environment().put("DATA", data.toString());
        Process process = shell.start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    /** What stands in the page's {@code sh} blocks; its {@code console} blocks are for the reader's other terminal. */
    private static String commands() throws IOException {
        return Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE, UTF_8))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("\n"));
    }
}
