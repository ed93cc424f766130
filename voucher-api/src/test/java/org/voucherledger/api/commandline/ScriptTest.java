package org.voucherledger.api.commandline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./voucher} in a checkout of its own, with a Java and a Maven that only say that they were called. */
class ScriptTest {

    private static final Path SCRIPT = Path.of("..", "voucher").toAbsolutePath().normalize();

    /** Of the system's programs, what the script uses; neither a Java nor a Maven. */
    private static final List<String> TOOLS = List.of(
            "bash", "sed", "find", "head", "dirname", "readlink", "touch", "env", "mkdir", "mv", "rm", "cat", "sleep");

    @TempDir
    private Path temporary;

    private Path checkout;
    private Path path;

    private record Said(int code, String out, String err) {}

    @BeforeEach
    void aCheckout() throws IOException {
        checkout = Files.createDirectories(temporary.resolve("a checkout"));
        Files.copy(SCRIPT, checkout.resolve("voucher"), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        Files.createDirectories(checkout.resolve("voucher-api/target"));
        Files.createDirectories(checkout.resolve("voucher-api/src/main"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        path = Files.createDirectories(temporary.resolve("bin"));
        for (String tool : TOOLS) {
            for (String place : List.of("/usr/bin/", "/bin/")) {
                Path program = Path.of(place + tool);
                if (Files.exists(program) && Files.notExists(path.resolve(tool))) {
                    Files.createSymbolicLink(path.resolve(tool), program);
                }
            }
        }
        assumeThat(Files.exists(path.resolve("bash"))).as("there is a bash").isTrue();
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(temporary.resolve(name));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        program(home.resolve("bin/java"), "printf '%s:' \"" + name + "\" \"$@\"");
        program(home.resolve("bin/javac"), "exit 1");
        return home;
    }

    private static void program(Path file, String commands) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + commands + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private void jarIsThere(Instant builtAt) throws IOException {
        Path jar = checkout.resolve("voucher-api/target/voucher-program.jar");
        Files.writeString(jar, "");
        Files.setLastModifiedTime(jar, FileTime.from(builtAt));
    }

    private Said voucher(Map<String, String> environment, String... arguments) throws Exception {
        return voucher(environment, () -> {}, arguments);
    }

    private Said voucher(Map<String, String> environment, Runnable meanwhile, String... arguments) throws Exception {
        Path out = temporary.resolve("out");
        Path err = temporary.resolve("err");
        var command =
                new java.util.ArrayList<>(List.of(checkout.resolve("voucher").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(temporary.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        process.environment().clear();
        process.environment().put("PATH", path.toString());
        process.environment().put("HOME", temporary.toString());
        environment.forEach((name, value) -> {
            if (value == null) {
                process.environment().remove(name);
            } else {
                process.environment().put(name, value);
            }
        });
        Process running = process.start();
        meanwhile.run();
        assertThat(running.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Said(
                running.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("runs the jar with the Java of JAVA_HOME, and passes every argument on as it is")
    void runs() throws Exception {
        jarIsThere(Instant.now().plusSeconds(5));

        Said said = voucher(Map.of("JAVA_HOME", jdk("jdk21", "21.0.2").toString()), "token", "a b", "");

        assertThat(said.code()).isZero();
        assertThat(said.out())
                .startsWith("jdk21:")
                .endsWith("/a checkout/voucher-api/target/voucher-program.jar:token:a b::");
    }

    @Test
    @DisplayName("a Java that is too old is passed over for a newer one on the path, behind its links")
    void tooOld() throws Exception {
        jarIsThere(Instant.now().plusSeconds(5));
        Path old = jdk("jdk17", "17.0.15");
        Files.createSymbolicLink(path.resolve("java"), jdk("newer", "25").resolve("bin/java"));

        Said said = voucher(Map.of("JAVA_HOME", old.toString()), "x");

        assertThat(said.code()).isZero();
        assertThat(said.out()).startsWith("newer:");
    }

    @Test
    @DisplayName("builds when there is no jar, with the Java it found, and then runs it")
    void builds() throws Exception {
        Path home = jdk("jdk21", "21");
        program(path.resolve("mvn"), "echo \"$JAVA_HOME: $*\" > maven; : > voucher-api/target/voucher-program.jar");

        Said said = voucher(Map.of("JAVA_HOME", home.toString()), "serve");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out()).contains("serve");
        assertThat(Files.readString(checkout.resolve("maven")))
                .startsWith(home + ":")
                .contains("-DskipTests")
                .contains("package");
    }

    @Test
    @DisplayName("the benchmark is a program of its own, built when it is asked for")
    void bench() throws Exception {
        Path home = jdk("jdk21", "21");
        program(
                path.resolve("mvn"),
                "echo \"$*\" > maven; mkdir -p voucher-benchmark/target;"
                        + " : > voucher-benchmark/target/voucher-benchmark-program.jar");

        Said said = voucher(Map.of("JAVA_HOME", home.toString()), "bench", "rush");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out()).contains("voucher-benchmark-program.jar:rush");
        assertThat(Files.readString(checkout.resolve("maven"))).contains("-pl voucher-benchmark -am");
    }

    @Test
    @DisplayName("builds again when a source is newer than the jar, and not otherwise")
    void rebuilds() throws Exception {
        Path home = jdk("jdk21", "21");
        program(path.resolve("mvn"), "echo built >> maven");
        jarIsThere(Instant.now().plusSeconds(5));

        assertThat(voucher(Map.of("JAVA_HOME", home.toString()), "x").code()).isZero();
        assertThat(checkout.resolve("maven")).doesNotExist();

        jarIsThere(Instant.now().minusSeconds(60));
        Files.writeString(checkout.resolve("voucher-api/src/main/New.java"), "");
        assertThat(voucher(Map.of("JAVA_HOME", home.toString()), "x").code()).isZero();
        assertThat(checkout.resolve("maven")).hasContent("built");
    }

    @Test
    @DisplayName("a build that fails is not run")
    void failedBuild() throws Exception {
        program(path.resolve("mvn"), "exit 1");

        Said said = voucher(Map.of("JAVA_HOME", jdk("jdk21", "21").toString()), "serve");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("The build failed");
    }

    @Test
    @DisplayName("without Maven it says what to install")
    void noMaven() throws Exception {
        Said said = voucher(Map.of("JAVA_HOME", jdk("jdk21", "21").toString()), "serve");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("Maven").contains("apt install maven");
    }

    private Path lockOf(long process) throws IOException {
        Path lock = Files.createDirectories(checkout.resolve("voucher-api/target/voucher-build.lock"));
        return Files.writeString(lock.resolve("pid"), Long.toString(process)).getParent();
    }

    @Test
    @DisplayName("while another builds it waits, and does not build what the other has built")
    void waitsForAnotherBuild() throws Exception {
        Path home = jdk("jdk21", "21");
        program(path.resolve("mvn"), "echo built >> maven");
        Path lock = lockOf(ProcessHandle.current().pid());

        Said said = voucher(
                Map.of("JAVA_HOME", home.toString()),
                () -> {
                    try {
                        while (!Files.readString(temporary.resolve("err")).contains("Another build is under way")) {
                            Thread.onSpinWait();
                        }
                        jarIsThere(Instant.now().plusSeconds(5));
                        Files.delete(lock.resolve("pid"));
                        Files.delete(lock);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                "serve");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out()).contains("serve");
        assertThat(checkout.resolve("maven")).doesNotExist();
        assertThat(lock).doesNotExist();
    }

    @Test
    @DisplayName("the lock of a build that was killed keeps nobody waiting, and none is left behind")
    void aBuildThatWasKilled() throws Exception {
        program(path.resolve("mvn"), "echo built >> maven; : > voucher-api/target/voucher-program.jar");
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path lock = lockOf(gone.pid());

        Said said = voucher(Map.of("JAVA_HOME", jdk("jdk21", "21").toString()), "serve");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(checkout.resolve("maven")).hasContent("built");
        assertThat(lock).doesNotExist();
    }

    @Test
    @DisplayName("it runs where nobody has a home")
    void homeless() throws Exception {
        jarIsThere(Instant.now().plusSeconds(5));
        Path old = jdk("jdk17", "17.0.15");
        Files.createSymbolicLink(path.resolve("java"), jdk("newer", "25").resolve("bin/java"));
        var environment = new java.util.HashMap<String, String>();
        environment.put("JAVA_HOME", old.toString());
        environment.put("HOME", null);

        Said said = voucher(environment, "x");

        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).isEmpty();
    }
}
