package org.voucherledger.api.commandline;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.voucherledger.api.seal.SealKey;
import org.voucherledger.api.witness.AnotherWitness;
import org.voucherledger.api.witness.DamagedMemory;
import org.voucherledger.api.witness.Witness;
import org.voucherledger.api.witness.WitnessServer;
import org.voucherledger.projections.sealedlog.KeyType;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SigningKey;
import org.voucherledger.projections.sealedlog.Unreadable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./voucher witness}: remembers the checkpoints of logs and cosigns what continues them, until it is stopped. */
@Command(
        name = "witness",
        description =
                "Runs a witness (C2SP tlog-witness): it keeps nothing but checkpoints, and cosigns what continues them.",
        mixinStandardHelpOptions = true)
final class WitnessCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "8081",
            description = "Where to listen (${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--address",
            paramLabel = "A",
            defaultValue = "127.0.0.1",
            description = "On which address (${DEFAULT-VALUE}; 0.0.0.0 for all).")
    private String address;

    @Option(
            names = "--dir",
            paramLabel = "D",
            defaultValue = "witness-data",
            description = "Where the checkpoints are kept (${DEFAULT-VALUE}).")
    private Path directory;

    @Option(
            names = "--key",
            paramLabel = "F",
            description = "The file of the witness's private key, made if it is not there (witness.key in DIR).")
    private Path keyFile;

    @Option(names = "--name", paramLabel = "NAME", description = "The name of a key that is made (a random one).")
    private String name;

    @Option(
            names = "--log",
            paramLabel = "KEY",
            required = true,
            description =
                    "The verifier key of a log that is watched (./voucher key prints it). May be given several times.")
    private List<String> logs;

    @Override
    public void run() {
        SigningKey key = key();
        try {
            var witness =
                    new Witness(directory, key, logs.stream().map(this::log).toList(), InstantSource.system());
            var server = WitnessServer.start(witness, new InetSocketAddress(address, port));
            PrintWriter out = spec.commandLine().getOut();
            out.println("The witness is ready at http://" + address + ":" + server.port());
            out.println("  Its key:     " + key.publicKey().text());
            out.println("  Its memory:  " + directory.toAbsolutePath().normalize());
            out.flush();
        } catch (IOException taken) {
            throw new CannotRun(
                    "The witness cannot listen at " + address + ":" + port + ": " + taken.getMessage() + ".");
        } catch (AnotherWitness | DamagedMemory cannot) {
            throw new CannotRun(cannot.getMessage());
        } catch (IllegalStateException twice) {
            throw new ParameterException(spec.commandLine(), "--log: two keys of one log");
        }
    }

    private SigningKey key() {
        Path file = keyFile == null ? directory.resolve("witness.key") : keyFile;
        SigningKey key = SealKey.read(file)
                .orElseGet(() -> SealKey.make(
                        file,
                        name == null ? "voucher-witness.example/" + UUID.randomUUID() : name,
                        KeyType.COSIGNATURE));
        if (key.publicKey().type() != KeyType.COSIGNATURE) {
            throw new CannotRun("The key in " + file + " is that of a log and not of a witness.");
        }
        return key;
    }

    private NoteKey log(String text) {
        try {
            return NoteKey.parse(text);
        } catch (Unreadable none) {
            throw new ParameterException(spec.commandLine(), "--log: " + none.getMessage());
        }
    }
}
