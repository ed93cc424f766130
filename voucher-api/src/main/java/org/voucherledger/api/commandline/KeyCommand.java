package org.voucherledger.api.commandline;

import java.nio.file.Path;
import org.voucherledger.api.seal.SealKey;
import org.voucherledger.projections.sealedlog.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./voucher key}: prints the key with which everybody can verify what this ledger has sealed, and nothing else. */
@Command(
        name = "key",
        description = "Prints the verifier key of the sealed log: give it to whoever audits the ledger.",
        mixinStandardHelpOptions = true)
final class KeyCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataDirectory data;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "Where the private key is, if not in the data directory (LEDGER_SEAL_KEY).",
            defaultValue = "${env:LEDGER_SEAL_KEY}")
    private Path keyFile;

    @Override
    public void run() {
        Path file = keyFile == null ? SealKey.in(data.path()) : keyFile;
        SigningKey key = SealKey.read(file)
                .orElseThrow(() -> new CannotRun("There is no key at " + file.toAbsolutePath()
                        + ". A ledger makes its key when it is first started."));
        spec.commandLine().getOut().println(key.publicKey().text());
    }
}
